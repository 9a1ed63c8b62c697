import { describe, expect, it } from 'vitest'
import { examples } from './examples.ts'

describe('the worked examples of ICAO 9303-11', () => {
  it.each(examples.map((example) => [example.title, example] as const))(
    '%s comes out as printed',
    async (_title, example) => {
      await expect(Promise.resolve(example.run())).resolves.toBeUndefined()
    },
  )
})
