import { connect } from '../state/connect.ts'

/** The calls and events of this window. */
export const desk = connect<'technician'>()
