# Failures of the pages about eFuses: see ErrorIds.Tests.ps1.

Row Export-Esp32Efuse FileExists esp32 { Export-Esp32Efuse -Device $port app.bin }
Row Export-Esp32Efuse SecureDownloadMode esp32c3 { Close-TestLoader $port; Export-Esp32Efuse -Device $port new.efuse }

Row Get-Esp32Efuse EfuseFieldTableInvalid esp32 { Set-Content own.csv 'A, EFUSE_BLK0, 0, 8'; Get-Esp32Efuse -Device $port -FieldTable own.csv }
Row Get-Esp32Efuse EfuseNotFound esp32 { Get-Esp32Efuse -Device $port NO_SUCH_FIELD }
Row Get-Esp32Efuse SecureDownloadMode esp32c3 { Close-TestLoader $port; Get-Esp32Efuse -Device $port }
Row Set-Esp32Efuse SecureDownloadMode esp32c3 { Close-TestLoader $port; Set-Esp32Efuse -Device $port @{ DIS_USB_JTAG = 1 } }
Row Test-Esp32Efuse SecureDownloadMode esp32c3 { Close-TestLoader $port; Test-Esp32Efuse $port }

Row Invoke-Esp32EfusePlan EfusePlanStale esp32 {
    $plan = New-Esp32EfusePlan
    Write-Esp32EfuseKey -Plan $plan FlashEncryption -Key ([byte[]] (1..32))
    $plan.Dispose()
    Invoke-Esp32EfusePlan -Device $port $plan
}
Row Invoke-Esp32EfusePlan EncryptionWithoutKey esp32c3 {
    $plan = New-Esp32EfusePlan
    Set-Esp32Efuse -Plan $plan @{ SPI_BOOT_CRYPT_CNT = 1 }
    Invoke-Esp32EfusePlan -Device $port $plan
}

Row Lock-Esp32Efuse DataReadProtected esp32c3 { Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read }
Row Lock-Esp32Efuse DigestReadProtected esp32c3 { Set-Esp32Efuse -Device $port -Name KEY_PURPOSE_1 SECURE_BOOT_DIGEST0; Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read }
Row Lock-Esp32Efuse EfuseNotFound esp32 { Lock-Esp32Efuse -Device $port NO_SUCH_FIELD }
Row Lock-Esp32Efuse EfuseValueInvalid esp32 { Lock-Esp32Efuse -Device $port JTAG_DISABLE Read }
Row Lock-Esp32Efuse EfuseWriteProtected esp32 { Lock-Esp32Efuse -Device $port WR_DIS; Lock-Esp32Efuse -Device $port JTAG_DISABLE }
Row Lock-Esp32Efuse ReadProtectionLost esp32 { Lock-Esp32Efuse -Device $port RD_DIS }

Row Set-Esp32CustomMac EfuseAlreadyBurned esp32 { Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a; Set-Esp32CustomMac -Device $port 02:00:00:00:00:02 }
Row Set-Esp32CustomMac EfuseAlreadyBurned esp32c3 { Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a; Set-Esp32CustomMac -Device $port 02:00:00:00:00:02 }
Row Set-Esp32CustomMac EfuseBlockWritten esp32c3 { Write-Esp32EfuseBlock -Device $port BLOCK_USR_DATA -Data ([byte[]] @(1)) -Offset 0; Set-Esp32CustomMac -Device $port 02:12:34:56:78:9a }
Row Set-Esp32CustomMac EfuseValueInvalid esp32 { Set-Esp32CustomMac -Device $port 03:12:34:56:78:9a }

Row Set-Esp32Efuse EfuseCounterUsedUp esp32 { Set-Esp32Efuse -Device $port -Name SECURE_VERSION '0xFFFFFFFF'; Set-Esp32Efuse -Device $port -Name SECURE_VERSION }
Row Set-Esp32Efuse EfuseCounterUsedUp esp32c3 { Set-Esp32Efuse -Device $port -Name SECURE_VERSION 0xFFFF; Set-Esp32Efuse -Device $port -Name SECURE_VERSION }
Row Set-Esp32Efuse EfuseFieldTableInvalid esp32 { Set-Content own.csv 'A, EFUSE_BLK0, 0, 8'; Set-Esp32Efuse -Device $port @{ A = 1 } -FieldTable own.csv }
Row Set-Esp32Efuse EfuseNotFound esp32 { Set-Esp32Efuse -Device $port @{ NO_SUCH_FIELD = 1 } }
Row Set-Esp32Efuse EfuseValueInvalid esp32 { Set-Esp32Efuse -Device $port @{ FLASH_CRYPT_CONFIG = 16 } }
Row Set-Esp32Efuse EfuseValueLacksBits esp32 { Set-Esp32Efuse -Device $port @{ SPI_PAD_CONFIG_CLK = 1 }; Set-Esp32Efuse -Device $port @{ SPI_PAD_CONFIG_CLK = 2 } }
Row Set-Esp32Efuse EfuseValueLacksBits esp32c3 { Set-Esp32Efuse -Device $port @{ WDT_DELAY_SEL = 3 }; Set-Esp32Efuse -Device $port @{ WDT_DELAY_SEL = 1 } }
Row Set-Esp32Efuse EfuseWriteProtected esp32 { Lock-Esp32Efuse -Device $port JTAG_DISABLE; Set-Esp32Efuse -Device $port @{ JTAG_DISABLE = 1 } }

Row Set-Esp32FlashVoltage ChipUnsupported esp32c3 { Set-Esp32FlashVoltage -Device $port 3.3V }
Row Set-Esp32FlashVoltage EfuseAlreadyBurned esp32 { Set-Esp32FlashVoltage -Device $port 3.3V; Set-Esp32FlashVoltage -Device $port 1.8V }
Row Set-Esp32FlashVoltage EfuseValueInvalid esp32 { Set-Esp32FlashVoltage -Device $port 5V }

Row Write-Esp32EfuseBlock EfuseBlockWritten esp32c3 { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 0; Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 4 }
Row Write-Esp32EfuseBlock EfuseCodingScheme coded { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 0; Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 2 }
Row Write-Esp32EfuseBlock EfuseNotFound esp32 { Write-Esp32EfuseBlock -Device $port BLOCK42 -Data ([byte[]] @(1)) -Offset 0 }
Row Write-Esp32EfuseBlock EfuseReadProtected esp32c3 { Lock-Esp32Efuse -Device $port BLOCK_KEY1 Read -Force DataReadProtected; Write-Esp32EfuseBlock -Device $port BLOCK_KEY1 -Data ([byte[]] @(1)) -Offset 0 }
Row Write-Esp32EfuseBlock EfuseValueInvalid esp32 { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) }
Row Write-Esp32EfuseBlock EfuseValueInvalid esp32c3 { Write-Esp32EfuseBlock -Device $port BLOCK0 -Data ([byte[]] @(1)) -Offset 0 }
Row Write-Esp32EfuseBlock EfuseValueLacksBits esp32 { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 0; Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(2)) -Offset 0 }
Row Write-Esp32EfuseBlock EfuseValueLacksBits esp32c3 { Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(3)) -Offset 0; Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 0 }
Row Write-Esp32EfuseBlock EfuseWriteProtected esp32 { Lock-Esp32Efuse -Device $port BLOCK3; Write-Esp32EfuseBlock -Device $port BLOCK3 -Data ([byte[]] @(1)) -Offset 0 }
Row Write-Esp32EfuseBlock KeyWithoutPurpose esp32 { Write-Esp32EfuseBlock -Device $port BLOCK1 key.bin }
Row Write-Esp32EfuseBlock KeyWithoutPurpose esp32c2 { Write-Esp32EfuseBlock -Device $port BLOCK_KEY0 key.bin }

Row Write-Esp32EfuseKey EfuseBurnFailed esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin } @{ Fault = 'brownout@burn:1' }
Row Write-Esp32EfuseKey EfuseCodingScheme coded { Write-Esp32EfuseBlock -Device $port BLOCK1 -Data ([byte[]] @(24)) -Offset 0 -Force KeyWithoutPurpose; Write-Esp32EfuseKey -Device $port FlashEncryption -Key ([byte[]] (1..24)) }
Row Write-Esp32EfuseKey EfuseWriteProtected esp32 { Lock-Esp32Efuse -Device $port BLOCK1; Write-Esp32EfuseKey -Device $port FlashEncryption key.bin }
Row Write-Esp32EfuseKey KeyAsText esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption ('0123456789abcdef' * 5) }
Row Write-Esp32EfuseKey KeyBlockInUse esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Write-Esp32EfuseKey -Device $port FlashEncryption key.bin }
Row Write-Esp32EfuseKey KeyBlockNotFree esp32c3 { 0..5 | ForEach-Object { Write-Esp32EfuseKey -Device $port HMAC_UP key.bin -Block "BLOCK_KEY$_" }; Write-Esp32EfuseKey -Device $port XTS_AES_128_KEY key.bin }
Row Write-Esp32EfuseKey KeyFileInvalid esp32c3 { Set-Content bad.pem "-----BEGIN RSA PRIVATE KEY-----`nMIIB`n-----END RSA PRIVATE KEY-----"; Write-Esp32EfuseKey -Device $port SECURE_BOOT_DIGEST0 bad.pem }
Row Write-Esp32EfuseKey KeyLength esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption -Key ([byte[]] (1..31)) }
Row Write-Esp32EfuseKey KeyNotPrivate esp32h2 { Write-Esp32EfuseKey -Device $port ECDSA_KEY ec.pub.pem }
Row Write-Esp32EfuseKey KeyPassphrase esp32c3 { Write-Esp32EfuseKey -Device $port SECURE_BOOT_DIGEST0 closed.pem }
Row Write-Esp32EfuseKey KeyPurposeInvalid esp32 { Write-Esp32EfuseKey -Device $port XTS_AES_128_KEY key.bin }
Row Write-Esp32EfuseKey KeyReadable esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin -NoReadProtect }
Row Write-Esp32EfuseKey KeyTypeUnsupported esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption ec.pem }
