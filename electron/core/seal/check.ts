import { fingerPositions } from '#domain/biometrics/index.ts'
import { usualViewing, type DossierState, type Signature } from '#domain/enrolment/index.ts'
import type { Files } from './files.ts'

/** Who confirmed what, how the screen spoke to them, and what stands for the signature. */
export function describeCheck(state: DossierState, files: Files) {
  const { answers, representative, address, viewing = usualViewing, pageConfirmed, signature } = state
  return {
    ...(representative && { representative }),
    ...(address !== undefined && { address }),
    viewing,
    answers,
    ...(pageConfirmed && { pageConfirmed }),
    ...(signature && {
      signature: { ...inkOf('signature', signature, files), ...(signature.by !== undefined && { by: signature.by }) },
    }),
    ...describeException(state, files),
  }
}

function describeException({ signingException }: DossierState, files: Files) {
  if (!signingException) return {}
  const { reason, witness, mark, witnessed } = signingException
  return {
    signingException: {
      reason,
      witness,
      ...(mark && {
        mark: {
          finger: mark.finger,
          fgp: fingerPositions[mark.finger],
          print: files.add('images/mark', mark.print),
          ...(mark.score !== undefined && { score: mark.score }),
        },
      }),
      ...(witnessed && { witnessed: inkOf('witness', witnessed, files) }),
    },
  }
}

function inkOf(name: string, { picture, strokes, vector, pointer }: Omit<Signature, 'by'>, files: Files) {
  return {
    picture: files.add(name, picture),
    strokes: files.add(name, strokes),
    ...(vector && { vector: files.add(name, vector) }),
    ...(pointer !== undefined && { pointer }),
  }
}
