/** What comes again sooner is one code to a scanner's driver, told twice. Milliseconds. */
const sooner = 750

/** The time that nobody is faster than, in showing the same code again. */
export async function personsMoment(): Promise<void> {
  const since = performance.now()
  while (performance.now() - since <= sooner) await new Promise((resolve) => setTimeout(resolve, 10))
}
