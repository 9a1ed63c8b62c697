export {
  extension,
  issueCertificate,
  issueCrl,
  issueLink,
  issueMasterListSigner,
  issueSigner,
  keyUsage,
  makeAuthority,
  nameOf,
  type Authority,
  type DocumentSigner,
} from './certificates.ts'
export { toLdif } from './ldif.ts'
export { makeKey, type CurveName, type HashName, type IssuerKey, type KeyKind, type Scheme } from './keys.ts'
export { signContent, signMasterList, signSod, type SignOptions } from './signed.ts'
