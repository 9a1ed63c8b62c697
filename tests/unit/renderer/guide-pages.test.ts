import { describe, expect, it } from 'vitest'
import { linkedPage, partOf } from '../../../renderer/ui/guide/page-text.ts'

const page =
  '# DISK_FULL\n\n**Đầy.** Hết chỗ.\n\n## Việc cần làm\n\n1. Dọn.\n\n## English\n\n**Full.** No room.\n\n### What to do\n\n1. Tidy.\n'

describe('the part of a page in a language', () => {
  it('is what stands before the English heading for a Vietnamese reader', () => {
    expect(partOf(page, 'vi')).toEqual({
      text: '# DISK_FULL\n\n**Đầy.** Hết chỗ.\n\n## Việc cần làm\n\n1. Dọn.',
      lang: 'vi',
    })
  })

  it('is the English part under the page’s own heading, its headings a level up', () => {
    expect(partOf(page, 'en')).toEqual({
      text: '# DISK_FULL\n\n**Full.** No room.\n\n## What to do\n\n1. Tidy.',
      lang: 'en',
    })
  })

  it('is the whole page, marked as Vietnamese, where there is no English part', () => {
    expect(partOf('# Sổ tay\n\nChữ.\n', 'en')).toEqual({ text: '# Sổ tay\n\nChữ.', lang: 'vi' })
  })
})

describe('a link on a page', () => {
  const pages = new Set(['failure-codes/DISK_FULL.md', 'huong-dan-can-bo/README.md'])

  it('leads to a page beside it or in the other folder', () => {
    expect(linkedPage('DISK_FULL.md', 'failure-codes/README.md', pages)).toBe('failure-codes/DISK_FULL.md')
    expect(linkedPage('../failure-codes/DISK_FULL.md', 'huong-dan-can-bo/README.md', pages)).toBe(
      'failure-codes/DISK_FULL.md',
    )
    expect(linkedPage('DISK_FULL.md#x', 'failure-codes/README.md', pages)).toBe('failure-codes/DISK_FULL.md')
  })

  it.each([
    'https://example.org/DISK_FULL.md',
    '//example.org/failure-codes/DISK_FULL.md',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'mailto:a@b.c',
    '../../package.json',
    'NOT_THERE.md',
    '%E0%A4%A',
    '',
    undefined,
  ])('that is %s leads nowhere', (href) => {
    expect(linkedPage(href, 'failure-codes/README.md', pages)).toBeUndefined()
  })
})
