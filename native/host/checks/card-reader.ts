import { slowReadings } from '#domain/diagnosis/index.ts'
import { AppError } from '#domain/failure/index.ts'
import type { CardReader } from '#native/capability/card-reader.ts'
import { encodeCommand, splitResponse } from '#native/chip/apdu.ts'
import { lds1Aid } from '#native/chip/lds/files.ts'
import { measuring, middleOf, timed, type CheckRun, type Measured } from './check-run.ts'

const statusCalls = 20
const readings = 20
const patience = { card: 60_000, away: 30_000 } as const

/** What any chip of a travel document or căn cước tells without a key: the master file, EF.CardAccess, the application. */
const openReading = [
  encodeCommand({ cla: 0x00, ins: 0xa4, p1: 0x00, p2: 0x0c, data: Uint8Array.of(0x3f, 0x00) }),
  encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0x80 | 0x1c, p2: 0x00, le: 256 }),
  encodeCommand({ cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: lds1Aid }),
] as const

/**
 * Status calls without a card in use, answer to reset, and the open files of the test card again and again. What the
 * card says is compared and dropped.
 */
export function checkCardReader(reader: CardReader, run: CheckRun): Promise<Measured> {
  const { signal } = run
  return measuring(run, async (figures) => {
    const status: number[] = []
    // To switch the card off is answered by the state of the slot, with and without a card.
    for (let call = 0; call < statusCalls; call++) {
      status.push((await timed(run, () => reader.powerOff(signal))).ms)
      run.tell('nothing', (0.2 * call) / statusCalls)
    }
    figures['statusMedianMs'] = middleOf(status)
    figures['statusSlowestMs'] = Math.max(...status)

    const { value: power, ms: resetMs } = await timed(run, () => cardThere(reader, run))
    figures['cardResetMs'] = resetMs
    figures['atrBytes'] = power.atr.length
    await readAgainAndAgain(reader, run, figures)
    await reader.powerOff(signal)

    const away = await run.ask('take-card-away', 0.9, {
      patienceMs: patience.away,
      watch: (seen) => reader.onCard((present) => !present && seen()),
    })
    figures['removalNoticed'] = away === 'seen' ? 1 : 0
  })
}

/** Waits for the test card. CARD_ABSENT when none comes, CARD_MUTE. */
async function cardThere(reader: CardReader, run: CheckRun) {
  try {
    return await reader.powerOn(run.signal)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CARD_ABSENT') throw error
  }
  await run.ask('lay-test-card', 0.2, {
    patienceMs: patience.card,
    watch: (seen) => reader.onCard((present) => present && seen()),
  })
  return reader.powerOn(run.signal)
}

async function readAgainAndAgain(reader: CardReader, run: CheckRun, figures: Record<string, number>): Promise<void> {
  const { signal } = run
  const times: number[] = []
  let first: string | undefined
  let lost: AppError | undefined
  let different = 0
  let tried = 0
  const note = () => {
    figures['readsTried'] = tried
    figures['readsGood'] = times.length
    figures['readMedianMs'] = middleOf(times)
    figures['readsSlow'] = slowReadings(times, middleOf(times))
    figures['readSlowestMs'] = Math.max(0, ...times)
    figures['readsDifferent'] = different
  }
  for (let reading = 0; reading < readings && !lost; reading++) {
    run.tell('nothing', 0.25 + (0.6 * reading) / readings)
    tried++
    try {
      const { value, ms } = await timed(run, () => readOpenFiles(reader, signal))
      first ??= value
      if (value !== first) different++
      else times.push(ms)
    } catch (error) {
      note()
      if (!(error instanceof AppError) || (error.code !== 'CARD_REMOVED' && error.code !== 'CARD_MUTE')) throw error
      lost = await returns(reader, run, error)
    }
  }
  note()
  if (lost) throw lost
}

/** A card that answers again was lost for a moment only, which counts as a failed reading. */
async function returns(reader: CardReader, { signal }: CheckRun, why: AppError): Promise<AppError | undefined> {
  try {
    await reader.powerOn(signal)
    return undefined
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code === 'CARD_ABSENT' ? new AppError('CARD_REMOVED', why.step) : error
  }
}

/** The answers as text, to be compared. Refusals by the card are answers, too. */
async function readOpenFiles(reader: CardReader, signal: AbortSignal): Promise<string> {
  const answers: string[] = []
  for (const command of openReading) {
    const answer = await reader.transmit(command, signal)
    // Throws CHIP_MALFORMED for less than a status word.
    splitResponse(answer)
    answers.push(Buffer.from(answer).toString('hex'))
  }
  return answers.join(' ')
}
