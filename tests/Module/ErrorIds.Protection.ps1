# Failures of the pages about flash encryption, secure boot and their keys: see ErrorIds.Tests.ps1.

Row Enable-Esp32FlashEncryption DownloadEncryptDisabled esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Set-Esp32Efuse -Device $port @{ DISABLE_DL_ENCRYPT = 1; FLASH_CRYPT_CONFIG = 15 }; Enable-Esp32FlashEncryption -Device $port Development -Image $images }
Row Enable-Esp32FlashEncryption EfuseCounterUsedUp esp32 { Set-Esp32Efuse -Device $port @{ FLASH_CRYPT_CNT = 0x3F } -Force EncryptionCountEven; Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin }
Row Enable-Esp32FlashEncryption FlashContentsUnproven esp32 { Write-Esp32Flash -Device $port $images; Enable-Esp32FlashEncryption -Device $port Release -Key key.bin }
Row Enable-Esp32FlashEncryption FlashKeyMismatch esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key other.bin }
Row Enable-Esp32FlashEncryption FlashKeyUnproven esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Set-Esp32Efuse -Device $port @{ DISABLE_DL_ENCRYPT = 1 }; Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key key.bin }
Row Enable-Esp32FlashEncryption ImageForOtherChip esp32c3 { Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key key.bin }
Row Enable-Esp32FlashEncryption KeyBlockInUse esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption other.bin -NoReadProtect -Force KeyReadable; Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key key.bin }
Row Enable-Esp32FlashEncryption KeyLength esp32 { Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key app.bin }
Row Enable-Esp32FlashEncryption SecureDownloadMode esp32c3 { Close-TestLoader $port; Enable-Esp32FlashEncryption -Device $port Release -Key key.bin }
Row Enable-Esp32FlashEncryption VerifyFailed esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin } @{ Fault = 'spoil@write:2*' }

Row Enable-Esp32SecureBoot BootloaderNotSigned esp32 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image $images }
Row Enable-Esp32SecureBoot BootloaderUnchecked esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Enable-Esp32SecureBoot -Device $port rsa.pem }
Row Enable-Esp32SecureBoot ChipUnsupported esp32s31 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed.bin' } }
Row Enable-Esp32SecureBoot DigestUnknown esp32c3 { Write-Esp32EfuseKey -Device $port SECURE_BOOT_DIGEST0 -Key ([byte[]] (1..32)); Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x0 = 'signed-c3.bin' } }
Row Enable-Esp32SecureBoot ImageNotSigned esp32 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed.bin'; 0x10000 = 'app.bin' } }
Row Enable-Esp32SecureBoot KeyBlockNotFree esp32c3 { 0..5 | ForEach-Object { Write-Esp32EfuseKey -Device $port HMAC_UP key.bin -Block "BLOCK_KEY$_" }; Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x0 = 'signed-c3.bin' } }
Row Enable-Esp32SecureBoot KeyTypeUnsupported esp32 { Enable-Esp32SecureBoot -Device $port ec.pem -Image @{ 0x1000 = 'signed.bin' } }
Row Enable-Esp32SecureBoot ReadProtectionLost esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin -NoReadProtect -Force KeyReadable; Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed.bin' } }
Row Enable-Esp32SecureBoot SecureBootFault esp32p4 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x2000 = 'signed-p4.bin' } } @{ Revision = '3.0' }
Row Enable-Esp32SecureBoot SecureDownloadFault esp32p4 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x2000 = 'signed-p4.bin' } -DownloadMode Secure } @{ Revision = '3.1' }
Row Enable-Esp32SecureBoot SecureBootProtected esp32 { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed.bin' }; Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed2.bin' } }

Row New-Esp32FlashKey KeyLength '' { New-Esp32FlashKey new.key -Length 48 -Chip esp32 }

Row Protect-Esp32Image FileExists '' { Protect-Esp32Image app.bin bootloader.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Protect-Esp32Image FileNotFound '' { Protect-Esp32Image missing.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Protect-Esp32Image ImageEmpty '' { [System.IO.File]::WriteAllBytes("$PWD/empty.bin", [byte[]]::new(0)); Protect-Esp32Image empty.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Protect-Esp32Image KeyLength '' { Protect-Esp32Image app.bin out.bin -Key short.bin -Address 0x10000 -Chip esp32 }
Row Protect-Esp32Image SettingsConflict '' { Protect-Esp32Image app.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32c3 -CryptConfig 15 }
Row Unprotect-Esp32Image SettingsConflict '' { Unprotect-Esp32Image app.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32c3 -CryptConfig 15 }
Row New-Esp32BootloaderDigest ImageInvalid '' { New-Esp32BootloaderDigest partition-table.bin out.bin -Key key.bin }
Row Protect-Esp32Image Misaligned '' { Protect-Esp32Image app.bin out.bin -Key key.bin -Address 0x10001 -Chip esp32 }
Row Unprotect-Esp32Image FileExists '' { Unprotect-Esp32Image app.bin bootloader.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Unprotect-Esp32Image FileNotFound '' { Unprotect-Esp32Image missing.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Unprotect-Esp32Image ImageEmpty '' { [System.IO.File]::WriteAllBytes("$PWD/empty.bin", [byte[]]::new(0)); Unprotect-Esp32Image empty.bin out.bin -Key key.bin -Address 0x10000 -Chip esp32 }
Row Unprotect-Esp32Image KeyLength '' { Unprotect-Esp32Image app.bin out.bin -Key short.bin -Address 0x10000 -Chip esp32 }
Row Unprotect-Esp32Image Misaligned '' { Unprotect-Esp32Image app.bin out.bin -Key key.bin -Address 0x10001 -Chip esp32 }

Row Add-Esp32ImageSignature FileExists '' { Add-Esp32ImageSignature bootloader.bin app.bin -Key rsa.pem }
Row Add-Esp32ImageSignature KeyFileInvalid '' { Add-Esp32ImageSignature bootloader.bin out.bin -Key key.bin }
Row Add-Esp32ImageSignature KeyNotPrivate '' { Add-Esp32ImageSignature bootloader.bin out.bin -Key ec.pub.pem }
Row Add-Esp32ImageSignature KeyPassphrase '' { Add-Esp32ImageSignature bootloader.bin out.bin -Key closed.pem }
Row Add-Esp32ImageSignature KeyTypeUnsupported '' { Add-Esp32ImageSignature bootloader.bin out.bin -Key rsa.pem -Version V1 }
Row Add-Esp32ImageSignature SignatureInvalid '' { Add-Esp32ImageSignature bootloader.bin out.bin -PublicKey ec.pub.pem -Signature app.bin -Version V1 }
Row Add-Esp32ImageSignature SignatureLimit '' { Add-Esp32ImageSignature signed.bin out.bin -Key rsa.pem, rsa.pem, rsa.pem }
Row Export-Esp32PublicKey KeyAsText '' { Export-Esp32PublicKey ('0123456789abcdef' * 5) out.pem }
Row Get-Esp32ImageSignature SignatureNotFound '' { Get-Esp32ImageSignature bootloader.bin }
Row Get-Esp32KeyDigest KeyAsText '' { Get-Esp32KeyDigest ('0123456789abcdef' * 5) }
Row New-Esp32BootloaderDigest FileExists '' { New-Esp32BootloaderDigest bootloader.bin app.bin -Key key.bin }
Row New-Esp32BootloaderDigest FileNotFound '' { New-Esp32BootloaderDigest missing.bin out.bin -Key key.bin }
Row New-Esp32BootloaderDigest KeyLength '' { New-Esp32BootloaderDigest bootloader.bin out.bin -Key short.bin }
Row New-Esp32BootloaderDigest KeyPassphrase '' { New-Esp32BootloaderDigest bootloader.bin out.bin -Key closed.pem }
Row New-Esp32BootloaderDigest KeyTypeUnsupported '' { New-Esp32BootloaderDigest bootloader.bin out.bin -Key rsa.pem }
