import { create } from 'zustand'
import { desk } from '../desk.ts'

/** `failed`: the citizen's screen could not be told; this window is covered all the same. */
export const curtain = create<{ readonly drawn: boolean; readonly failed: boolean }>(() => ({
  drawn: false,
  failed: false,
}))

let told = 0
desk.on.curtainChanged(({ drawn }) => {
  told++
  curtain.setState({ drawn, failed: false })
})
// A window that is opened anew finds the curtain as it was.
const before = told
void desk.call.curtain({}).then((result) => {
  if (result.ok && told === before) curtain.setState({ drawn: result.value.drawn })
})

/** Draws or opens the curtain: here at once, on the citizen's screen as soon as main knows. */
export async function toggleCurtain(): Promise<void> {
  const drawn = !curtain.getState().drawn
  told++
  curtain.setState({ drawn, failed: false })
  const result = await desk.call.setCurtain({ drawn })
  if (!result.ok) curtain.setState({ drawn: true, failed: true })
}
