export { writeEscrow } from './escrow.ts'
export { checkPassphrase } from './passphrase.ts'
export { createVault, lookAtVault, openVault, requireVaultOf, vaultExists, type Keystore } from './vault.ts'
