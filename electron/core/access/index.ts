export { writeEscrow } from './escrow.ts'
export { checkPassphrase } from './passphrase.ts'
export { createVault, lookAtVault, openVault, vaultExists, type Keystore } from './vault.ts'
