export { foreignCode, parseCardQr, withoutSymbology, type CardQr } from './card-qr.ts'
export { detailFields, type DetailField, type PersonDetails } from './details.ts'
export { formOfAddress, formsOfAddress, type FormOfAddress } from './form-of-address.ts'
export { ageOn, formatPartialDate, parsePartialDate, toMrzDate, type PartialDate } from './partial-date.ts'
export {
  contradictions,
  groupPersonalNumber,
  parsePersonalNumber,
  type PersonalNumberFacts,
} from './personal-number.ts'
export {
  checkStandIn,
  confirmsFromAge,
  relations,
  representationReasons,
  type Relation,
  type Representative,
  type RepresentationReason,
  type Witness,
} from './representative.ts'
export { differingSpan, foldText, relateTexts, tidyText, type TextRelation } from './text.ts'
