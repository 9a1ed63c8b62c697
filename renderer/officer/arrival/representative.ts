import { create } from 'zustand'
import { findings, type DossierState } from '#domain/enrolment/index.ts'

/** The form about who acts for the citizen is open. */
export const representativeForm = create<{ readonly open: boolean }>(() => ({ open: false }))

export function openRepresentativeForm(): void {
  representativeForm.setState({ open: true })
}

/** The citizen may not confirm for themselves, and nobody is there who may. */
export function lacksRepresentative(state: DossierState): boolean {
  return findings(state).some(({ code }) => code === 'representative-missing')
}
