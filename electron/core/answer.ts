import {
  contract,
  isCall,
  type CallName,
  type CallOutput,
  type Channel,
  type Contract,
  type Role,
} from '#contract/index.ts'
import { AppError, toFailure, type Result } from '#domain/failure/index.ts'
import type { z } from 'zod'

export type Handlers = {
  readonly [Name in CallName]: (
    input: z.output<Contract[Name]['input']>,
  ) => CallOutput<Name> | Promise<CallOutput<Name>>
}

/**
 * Answers one call from a window: role, shape of the request, handler, shape of the answer. Never rejects.
 * `role` is what the shell found out about the sender, never what the sender says.
 */
export async function answerCall(
  handlers: Handlers,
  name: string,
  role: Role,
  input: unknown,
): Promise<Result<unknown>> {
  try {
    const channel: Channel | undefined = Object.hasOwn(contract, name) ? contract[name as keyof Contract] : undefined
    if (!channel || !isCall(channel)) throw new AppError('BAD_REQUEST', `call.${name.slice(0, 40)}`)
    if (!channel.from.includes(role)) throw new AppError('NOT_ALLOWED', `call.${name}`)
    const parsed = channel.input.safeParse(input)
    if (!parsed.success) throw new AppError('BAD_REQUEST', `call.${name}`)
    const handle = handlers[name as CallName] as (input: unknown) => unknown
    return { ok: true, value: channel.output.parse(await handle(parsed.data)) }
  } catch (error) {
    const failure = toFailure(error, `call.${name.slice(0, 40)}`)
    // An error without a code is ours to mend; its name and place are safe to say, its message may quote data.
    if (failure.code === 'INTERNAL' && error instanceof Error)
      process.stderr.write(`internal error in ${name}: ${error.name} ${ownFrames(error)}\n`)
    return { ok: false, error: failure }
  }
}

function ownFrames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.trimStart().startsWith('at '))
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' < ')
}
