import type { Store } from '#core/store/index.ts'
import type { DossierEvent } from '#domain/enrolment/index.ts'
import { detailFields, type CardQr, type DetailField, type PersonDetails } from '#domain/person/index.ts'

/** Something that the store holds about a person. `text`: words somebody typed. */
export type Secret = {
  readonly kind: 'name' | 'number' | 'date' | 'address' | 'mrz' | 'text'
  readonly value: string
}

export type Secrets = {
  readonly secrets: readonly Secret[]
  /** Dossiers that were read, and that could not be. */
  readonly read: number
  readonly unread: number
}

type Add = (kind: Secret['kind'], value: string | undefined) => void

const newest = 50

/** Nationality, sex, people and religion are shared by millions: they name nobody. */
const kinds: Readonly<Partial<Record<DetailField, Secret['kind']>>> = {
  fullName: 'name',
  personalNumber: 'number',
  birthDate: 'date',
  origin: 'address',
  residence: 'address',
}

/** What must not be in a bundle: the people of the newest dossiers, their representatives and witnesses, the officers. */
export function secretsOf(store: Pick<Store, 'dossiers' | 'events' | 'drafts' | 'officerPrints'>): Secrets {
  const found = new Map<string, Secret>()
  const add: Add = (kind, value) => {
    if (value !== undefined && value !== '') found.set(`${kind} ${value}`, { kind, value })
  }
  let unread = 0
  const rows = store.dossiers().slice(0, newest)
  for (const { id } of rows) {
    try {
      for (const { event } of store.events(id)) addEvent(event, add)
      for (const [field, text] of Object.entries(store.drafts(id))) addField(field, text, add)
    } catch {
      unread++
    }
  }
  for (const { name, badge } of store.officerPrints()) {
    add('name', name)
    add('text', badge)
  }
  return { secrets: [...found.values()], read: rows.length - unread, unread }
}

function addEvent(event: DossierEvent, add: Add): void {
  switch (event.type) {
    case 'declared':
    case 'answered':
      return addField(event.field, event.value, add)
    case 'qrScanned':
      return addQr(event.qr, add)
    case 'mrzGiven':
      return event.lines.forEach((line) => add('mrz', line))
    case 'chipRead':
      addDetails(event.details, add)
      return add('number', event.oldNumber)
    case 'shown':
      for (const { field, value } of event.what.kind === 'detail' ? [event.what] : event.what.details)
        addField(field, value, add)
      return
    case 'representativeNamed':
      return addPerson(event.representative, add)
    case 'signingExcepted':
      return addPerson(event.witness, add)
    case 'fingerExceptionApproved':
      add('text', event.badge)
      return add('name', event.name)
    case 'portraitTaken':
    case 'portraitAccepted':
      return add('text', event.because)
    case 'fingersAccepted':
    case 'fingerDoubtDismissed':
    case 'bedsideChosen':
    case 'abandoned':
      return add('text', event.reason)
    default:
      // The others hold pictures, choices and codes.
      return
  }
}

function addField(field: string, value: string, add: Add): void {
  const known = detailFields.find((each) => each === field)
  if (!known) return add('text', value)
  const kind = kinds[known]
  if (kind) add(kind, value)
}

function addDetails(details: PersonDetails, add: Add): void {
  for (const [field, value] of Object.entries(details)) addField(field, value, add)
}

function addQr({ details, oldNumber, more }: CardQr, add: Add): void {
  addDetails(details, add)
  add('number', oldNumber)
  for (const each of more) add('text', each)
}

function addPerson({ name, number }: { readonly name: string; readonly number: string }, add: Add): void {
  add('name', name)
  add('number', number)
}
