import { resolve } from 'node:path'
import { checkImports } from './check.ts'

/** Fewer files than this and the checker is looking at the wrong place. */
const leastFiles = 100

const root = resolve(import.meta.dirname, '../..')
const { files, imports, violations } = checkImports(root)
for (const { file, line, rule, detail, allowed } of violations) {
  console.error(`${file}:${line}  ${rule}\n    ${detail}\n    ${allowed}`)
}
console.log(`import rules: ${files} files, ${imports} imports, ${violations.length} broken`)
if (files < leastFiles) console.error(`import rules: expected at least ${leastFiles} files`)
if (violations.length > 0 || files < leastFiles) process.exitCode = 1
