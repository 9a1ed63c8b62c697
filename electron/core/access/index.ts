export { writeEscrow } from './escrow.ts'
export { checkPassphrase } from './passphrase.ts'
export { createVault, openVault, vaultExists, type Keystore } from './vault.ts'
