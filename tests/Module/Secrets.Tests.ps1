<#
    No byte of a key, of a private key or of a passphrase in anything that a cmdlet shows: every stream, transcript, trace,
    result, result as JSON, and error in full. Each cmdlet that takes or makes a key has its cases in the table; one that
    has none fails the last test.
#>
BeforeDiscovery {
    $cases = @(
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey XTS_AES_128_KEY -Key $key -WhatIf @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey XTS_AES_128_KEY flash.key -Confirm:$false @Talk; $dev | Write-Esp32EfuseKey XTS_AES_128_KEY flash.key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey NO_SUCH -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey HMAC_UP -Key $key[0..30] -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey USER -Key $key -Confirm:$false @Talk; $dev | Write-Esp32EfuseKey HMAC_UP -Block BLOCK_KEY0 -Key ($key[1..31] + 7) -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Chip = 'esp32'; Script = '$dev | Write-Esp32EfuseKey FlashEncryption -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Chip = 'esp32s2'; Script = '$dev | Write-Esp32EfuseKey XTS_AES_256_KEY -Key ($key + $key[31..0]) -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Faults = 'spoil@burn:1*'; Script = '$dev | Write-Esp32EfuseKey HMAC_UP -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseBlock'; Script = '$dev | Write-Esp32EfuseBlock BLOCK_KEY1 -Data $key -WhatIf @Talk; $dev | Write-Esp32EfuseBlock BLOCK_KEY1 -Data $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseBlock'; Script = '$dev | Write-Esp32EfuseBlock BLOCK_USR_DATA flash.key -Offset 8 -Confirm:$false @Talk; $dev | Write-Esp32EfuseBlock NO_SUCH -Data $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Invoke-Esp32EfusePlan'; Script = '$plan = New-Esp32EfusePlan; Write-Esp32EfuseKey -Plan $plan XTS_AES_128_KEY -Key $key @Talk; $plan; $dev | Invoke-Esp32EfusePlan -Plan $plan -WhatIf @Talk; $dev | Invoke-Esp32EfusePlan -Plan $plan -Confirm:$false @Talk; $dev | Invoke-Esp32EfusePlan -Plan $plan -Confirm:$false @Talk' }
        @{ Cmdlet = 'New-Esp32FactoryData'; Script = '@{ a = 1 } | New-Esp32FactoryData -InMemory -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -HmacKey $key @Talk; @{ a = 1 } | New-Esp32FactoryData -Destination given -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -HmacKey flash.key @Talk; @{ a = 1 } | New-Esp32FactoryData -InMemory -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -Key ($key + $key) @Talk; @{ a = 1 } | New-Esp32FactoryData -InMemory -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -Key $key @Talk' }
        @{ Cmdlet = 'New-Esp32FactoryData'; Script = '@{ a = 1 } | New-Esp32FactoryData -Destination own -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -KeyPerUnit Hmac -WhatIf @Talk; @{ a = 1 } | New-Esp32FactoryData -Destination own -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -KeyPerUnit Hmac @Talk; Copy-Item own/keys/*.bin made-hmac.key' }
        @{ Cmdlet = 'New-Esp32FactoryData'; Script = '@{ a = 1 } | New-Esp32FactoryData -InMemory -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -KeyPerUnit Xts @Talk | ForEach-Object { [System.IO.File]::WriteAllBytes((Join-Path (Get-Location) ''made-xts.key''), $_.Key.ToFileBytes()[0..63]); $_ }' }
        @{ Cmdlet = 'New-Esp32FlashKey'; Script = 'New-Esp32FlashKey made.key -WhatIf @Talk; New-Esp32FlashKey made.key @Talk; New-Esp32FlashKey made.key @Talk' }
        @{ Cmdlet = 'Protect-Esp32Image'; Script = 'Protect-Esp32Image app.bin a.bin -Key flash.key -Address 0x10000 -Chip esp32c3 -WhatIf @Talk; Protect-Esp32Image app.bin a.bin -Key flash.key -Address 0x10000 -Chip esp32c3 @Talk; Protect-Esp32Image app.bin b.bin -Key $key -Address 0x10000 -Chip esp32 @Talk' }
        @{ Cmdlet = 'Protect-Esp32Image'; Script = 'Protect-Esp32Image app.bin c.bin -Key ($key + 1) -Address 0x10000 -Chip esp32c3 @Talk; Protect-Esp32Image app.bin c.bin -Key $key -Address 0x10001 -Chip esp32c3 @Talk; Protect-Esp32Image none.bin c.bin -Key $key -Address 0 -Chip esp32 @Talk' }
        @{ Cmdlet = 'Unprotect-Esp32Image'; Script = 'Unprotect-Esp32Image app.bin d.bin -Key $key -Address 0x10000 -Chip esp32c3 @Talk; Unprotect-Esp32Image app.bin d.bin -Key flash.key -Address 0x10000 -Chip esp32c3 @Talk; Unprotect-Esp32Image app.bin e.bin -Key ($key + $key[0..2]) -Address 0 -Chip esp32 @Talk' }
        @{ Cmdlet = 'Export-Esp32Partition'; Script = '$dev | Write-Esp32Flash @{ 0x8000 = ''partition-table.bin'' } | Out-Null; $dev | Export-Esp32Partition -Name nvs -Destination . -Key $key @Talk; $dev | Export-Esp32Partition -Name nvs -Destination . -Key $key[0..20] @Talk' }
        @{ Cmdlet = 'Get-Esp32Partition'; Script = '$dev | Write-Esp32Flash @{ 0x8000 = ''partition-table.bin'' } | Out-Null; $dev | Get-Esp32Partition -Key $key @Talk; $dev | Get-Esp32Partition -Key $key[0..20] @Talk' }
        @{ Cmdlet = 'Import-Esp32Partition'; Script = '$dev | Write-Esp32Flash @{ 0x8000 = ''partition-table.bin'' } | Out-Null; New-Esp32Nvs @{ n = @{ a = 1 } } -Size 24KB | Import-Esp32Partition nvs -Device $dev -Key $key -WhatIf @Talk; New-Esp32Nvs @{ n = @{ a = 1 } } -Size 24KB | Import-Esp32Partition nvs -Device $dev -Key flash.key -Confirm:$false @Talk; $dev | Import-Esp32Partition nvs flash.key -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Clear-Esp32Partition'; Script = '$dev | Write-Esp32Flash @{ 0x8000 = ''partition-table.bin'' } | Out-Null; $dev | Clear-Esp32Partition nvs -Key $key -Confirm:$false @Talk; $dev | Clear-Esp32Partition none -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Get-Esp32OtaSlot'; Script = '''nvs,data,nvs,,24K'', ''otadata,data,ota,,8K'', ''a,app,ota_0,,1M'', ''b,app,ota_1,,1M'' | Set-Content ota.csv; ConvertTo-Esp32PartitionTable ota.csv ota.bin -Force | Out-Null; $dev | Write-Esp32Flash @{ 0x8000 = ''ota.bin'' } | Out-Null; $dev | Get-Esp32OtaSlot -Key $key @Talk; $dev | Get-Esp32OtaSlot -Key $key[0..20] @Talk' }
        @{ Cmdlet = 'Set-Esp32OtaSlot'; Script = '''nvs,data,nvs,,24K'', ''otadata,data,ota,,8K'', ''a,app,ota_0,,1M'', ''b,app,ota_1,,1M'' | Set-Content ota.csv; ConvertTo-Esp32PartitionTable ota.csv ota.bin -Force | Out-Null; $dev | Write-Esp32Flash @{ 0x8000 = ''ota.bin'' } | Out-Null; $dev | Set-Esp32OtaSlot b -Key $key -WhatIf -Force ImageInvalid @Talk; $dev | Set-Esp32OtaSlot b -Key flash.key -Force ImageInvalid -Confirm:$false @Talk; $dev | Set-Esp32OtaSlot b -Key $key -Confirm:$false @Talk' }
        @{ Cmdlet = 'Clear-Esp32OtaSlot'; Script = '''nvs,data,nvs,,24K'', ''otadata,data,ota,,8K'', ''a,app,ota_0,,1M'', ''b,app,ota_1,,1M'' | Set-Content ota.csv; ConvertTo-Esp32PartitionTable ota.csv ota.bin -Force | Out-Null; $dev | Write-Esp32Flash @{ 0x8000 = ''ota.bin'' } | Out-Null; $dev | Clear-Esp32OtaSlot -Key $key -WhatIf @Talk; $dev | Clear-Esp32OtaSlot -Key flash.key -Confirm:$false @Talk' }
        @{ Cmdlet = 'New-Esp32NvsKey'; Script = 'New-Esp32NvsKey nvs.bin -WhatIf @Talk; New-Esp32NvsKey nvs.bin @Talk; New-Esp32NvsKey nvs.bin @Talk; New-Esp32NvsKey derived.bin -HmacKey $key @Talk; New-Esp32NvsKey wrong.bin -HmacKey $key[0..20] @Talk; foreach ($file in ''nvs'', ''derived'') { [System.IO.File]::WriteAllBytes((Join-Path (Get-Location) "$file-made.key"), [System.IO.File]::ReadAllBytes((Join-Path (Get-Location) "$file.bin"))[0..63]) }' }
        @{ Cmdlet = 'New-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Key ($key + $key[31..0]) @Talk; New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -HmacKey flash.key -Destination e.nvs @Talk; New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Key $key @Talk' }
        @{ Cmdlet = 'Protect-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination p.nvs -Force | Out-Null; Protect-Esp32Nvs p.nvs -HmacKey $key -Destination p2.nvs -WhatIf @Talk; Protect-Esp32Nvs p.nvs -HmacKey $key -Destination p2.nvs @Talk; Protect-Esp32Nvs p.nvs -Key ($key + $key[31..0]) @Talk; Protect-Esp32Nvs p.nvs -Key $key[0..20] @Talk; Protect-Esp32Nvs flash.key -HmacKey flash.key @Talk' }
        @{ Cmdlet = 'Unprotect-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination u.nvs -Force -HmacKey $key | Out-Null; Unprotect-Esp32Nvs u.nvs -HmacKey $key @Talk; Unprotect-Esp32Nvs u.nvs -Key ($key + $key[31..0]) @Talk; Unprotect-Esp32Nvs u.nvs -Key $key @Talk' }
        @{ Cmdlet = 'Get-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination g.nvs -Force -HmacKey $key | Out-Null; Get-Esp32Nvs g.nvs -HmacKey $key @Talk; Get-Esp32Nvs g.nvs -HmacKey flash.key -PageInfo @Talk; Get-Esp32Nvs g.nvs -Key ($key + $key[31..0]) @Talk; Get-Esp32Nvs g.nvs -Key $key @Talk' }
        @{ Cmdlet = 'Set-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination s.nvs -Force -HmacKey $key | Out-Null; Set-Esp32Nvs s.nvs -Namespace n -Name a -Value 2 -HmacKey $key -WhatIf @Talk; Set-Esp32Nvs s.nvs -Namespace n -Name a -Value 2 -HmacKey $key -Force @Talk; Set-Esp32Nvs s.nvs -Namespace n -Name a -Value 3 -Key ($key + $key[31..0]) -Force @Talk' }
        @{ Cmdlet = 'Test-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Destination t.nvs -Force -HmacKey $key | Out-Null; Test-Esp32Nvs t.nvs -HmacKey $key @Talk; Test-Esp32Nvs t.nvs -Key ($key + $key[31..0]) @Talk; Test-Esp32Nvs t.nvs -HmacKey $key[0..20] @Talk' }
        @{ Cmdlet = 'New-Esp32BootloaderDigest'; Script = 'New-Esp32BootloaderDigest bootloader.bin d1.bin -Key $key -WhatIf @Talk; New-Esp32BootloaderDigest bootloader.bin d1.bin -Key flash.key @Talk; New-Esp32BootloaderDigest bootloader.bin d2.bin -Key secret.pem -Passphrase $passphrase @Talk; New-Esp32BootloaderDigest bootloader.bin d3.bin -Key secret.pem -Passphrase $wrong @Talk; New-Esp32BootloaderDigest bootloader.bin d3.bin -Key $key[0..20] @Talk' }
        @{ Cmdlet = 'Set-Esp32Efuse'; Script = '$dev | Set-Esp32Efuse @{ BLOCK_KEY1 = $key } -WhatIf @Talk; $dev | Set-Esp32Efuse @{ BLOCK_KEY1 = $key } -Confirm:$false @Talk; $dev | Set-Esp32Efuse @{ BLOCK_KEY1 = $key[0..20] } -Confirm:$false @Talk' }
        @{ Cmdlet = 'New-Esp32SigningKey'; Script = 'New-Esp32SigningKey own.pem EcdsaP256 -WhatIf @Talk; New-Esp32SigningKey own.pem EcdsaP256 @Talk; New-Esp32SigningKey own.pem EcdsaP256 @Talk; New-Esp32SigningKey locked.pem EcdsaP256 -Passphrase $passphrase @Talk' }
        @{ Cmdlet = 'Add-Esp32ImageSignature'; Script = 'Add-Esp32ImageSignature app.bin s1.bin -Key sign.pem -WhatIf @Talk; Add-Esp32ImageSignature app.bin s1.bin -Key sign.pem @Talk; Add-Esp32ImageSignature app.bin s2.bin -Key secret.pem -Passphrase $passphrase @Talk' }
        @{ Cmdlet = 'Add-Esp32ImageSignature'; Script = 'Add-Esp32ImageSignature app.bin s3.bin -Key secret.pem -Passphrase $wrong @Talk; Add-Esp32ImageSignature app.bin s3.bin -Key flash.key @Talk; Add-Esp32ImageSignature flash.key s3.bin -Key sign.pem @Talk' }
        @{ Cmdlet = 'Export-Esp32PublicKey'; Script = 'Export-Esp32PublicKey sign.pem p1.pem @Talk; Export-Esp32PublicKey secret.pem p2.pem -Passphrase $passphrase @Talk; Export-Esp32PublicKey secret.pem p3.pem -Passphrase $wrong @Talk; Export-Esp32PublicKey flash.key p3.pem @Talk' }
        @{ Cmdlet = 'Get-Esp32KeyDigest'; Script = 'Get-Esp32KeyDigest sign.pem @Talk; Get-Esp32KeyDigest secret.pem -Passphrase $passphrase @Talk; Get-Esp32KeyDigest secret.pem -Passphrase $wrong @Talk; Get-Esp32KeyDigest flash.key @Talk' }
        @{ Cmdlet = 'Test-Esp32ImageSignature'; Script = 'Test-Esp32ImageSignature app.bin sign.pem @Talk; Test-Esp32ImageSignature app.bin secret.pem -Passphrase $passphrase @Talk; Test-Esp32ImageSignature app.bin secret.pem -Passphrase $wrong @Talk' }
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Script = '$dev | Enable-Esp32FlashEncryption Release -Image @{ 0x10000 = ''app.bin'' } -Key $key -WhatIf -Force ImageForOtherChip @Talk; $dev | Enable-Esp32FlashEncryption Development -Image @{ 0x10000 = ''app.bin'' } -Key flash.key -Force ImageForOtherChip -Confirm:$false @Talk; $dev | Enable-Esp32FlashEncryption Release -Image @{ 0x10000 = ''app.bin'' } -Key $key -Force ImageForOtherChip -Confirm:$false @Talk' }
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Chip = 'esp32'; Script = '$dev | Enable-Esp32FlashEncryption Release -Image @{ 0x10000 = ''app.bin'' } -KeyDestination . -WhatIf @Talk; $dev | Enable-Esp32FlashEncryption Release -Image @{ 0x10000 = ''app.bin'' } -KeyDestination . -Confirm:$false @Talk; $dev | Enable-Esp32FlashEncryption Release -Key $key -Confirm:$false @Talk; $dev | Enable-Esp32FlashEncryption Release -Key $key[0..20] -Confirm:$false @Talk' }
        @{ Cmdlet = 'Enable-Esp32SecureBoot'; Chip = 'esp32'; Script = '$dev | Enable-Esp32SecureBoot -Digest flash.key -Version V1 -Image @{ 0x1000 = ''bootloader.bin'' } -WhatIf @Talk; $dev | Enable-Esp32SecureBoot -Digest $key -Version V1 -Image @{ 0x1000 = ''bootloader.bin'' } -Confirm:$false @Talk; $dev | Enable-Esp32SecureBoot -Digest flash.key -Version V1 @Talk' }
        @{ Cmdlet = 'Enable-Esp32SecureBoot'; Chip = 'esp32'; Script = '$dev | Enable-Esp32SecureBoot -Digest flash.key -Key $key -Image @{ 0x1000 = ''bootloader.bin'' } -WhatIf @Talk; $dev | Enable-Esp32SecureBoot -Digest secret.pem -Passphrase $passphrase @Talk; $dev | Enable-Esp32SecureBoot -Digest secret.pem -Passphrase $wrong @Talk; $dev | Enable-Esp32SecureBoot -Digest sign.pem -Version V1 -WhatIf @Talk' }
        @{ Cmdlet = 'Get-Esp32SecurityState'; Script = '$dev | Write-Esp32EfuseKey XTS_AES_128_KEY -Key $key -Confirm:$false | Out-Null; $dev | Get-Esp32SecurityState @Talk; $dev | Get-Esp32Efuse @Talk' }
    )

    # Each takes what is in $x where the path or the bytes of a key belong.
    $schema = "-Size 12KB -Schema @{ Namespace = 'n'; Key = 'a'; Encoding = 'u8' }"
    $texts = @(
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$dev | Write-Esp32EfuseKey USER $x -WhatIf @Talk; $dev | Write-Esp32EfuseKey USER -Key $x -WhatIf @Talk; $dev | Write-Esp32EfuseKey USER -LiteralPath $x -WhatIf @Talk; $x | Write-Esp32EfuseKey USER -Device $dev -WhatIf @Talk; $dev | Write-Esp32EfuseKey SECURE_BOOT_DIGEST0 -Key $x -Passphrase $x -WhatIf @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseBlock'; Script = '$dev | Write-Esp32EfuseBlock BLOCK_KEY1 $x -WhatIf @Talk; $dev | Write-Esp32EfuseBlock BLOCK_KEY1 -Data $x -WhatIf @Talk; $dev | Write-Esp32EfuseBlock BLOCK_KEY1 -LiteralPath $x -WhatIf @Talk' }
        @{ Cmdlet = 'Protect-Esp32Image'; Script = 'Protect-Esp32Image app.bin x.bin -Key $x -Address 0x10000 -Chip esp32c3 @Talk' }
        @{ Cmdlet = 'Unprotect-Esp32Image'; Script = 'Unprotect-Esp32Image app.bin x.bin -Key $x -Address 0x10000 -Chip esp32c3 @Talk' }
        @{ Cmdlet = 'Export-Esp32Partition'; Script = '$dev | Export-Esp32Partition -Name nvs -Destination . -Key $x @Talk' }
        @{ Cmdlet = 'Get-Esp32Partition'; Script = '$dev | Get-Esp32Partition -Key $x @Talk' }
        @{ Cmdlet = 'Import-Esp32Partition'; Script = '$dev | Import-Esp32Partition nvs app.bin -Key $x -Confirm:$false @Talk' }
        @{ Cmdlet = 'Clear-Esp32Partition'; Script = '$dev | Clear-Esp32Partition nvs -Key $x -Confirm:$false @Talk' }
        @{ Cmdlet = 'Get-Esp32OtaSlot'; Script = '$dev | Get-Esp32OtaSlot -Key $x @Talk' }
        @{ Cmdlet = 'Set-Esp32OtaSlot'; Script = '$dev | Set-Esp32OtaSlot b -Key $x -Confirm:$false @Talk' }
        @{ Cmdlet = 'Clear-Esp32OtaSlot'; Script = '$dev | Clear-Esp32OtaSlot -Key $x -Confirm:$false @Talk' }
        @{ Cmdlet = 'New-Esp32NvsKey'; Script = 'New-Esp32NvsKey x.bin -HmacKey $x @Talk' }
        @{ Cmdlet = 'New-Esp32Nvs'; Script = 'New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -Key $x @Talk; New-Esp32Nvs @{ n = @{ a = 1 } } -Size 12KB -HmacKey $x @Talk' }
        @{ Cmdlet = 'Protect-Esp32Nvs'; Script = 'Protect-Esp32Nvs app.bin -Key $x @Talk; Protect-Esp32Nvs app.bin -HmacKey $x @Talk' }
        @{ Cmdlet = 'Unprotect-Esp32Nvs'; Script = 'Unprotect-Esp32Nvs app.bin -Key $x @Talk; Unprotect-Esp32Nvs app.bin -HmacKey $x @Talk' }
        @{ Cmdlet = 'Get-Esp32Nvs'; Script = 'Get-Esp32Nvs app.bin -Key $x @Talk; Get-Esp32Nvs app.bin -HmacKey $x @Talk' }
        @{ Cmdlet = 'Set-Esp32Nvs'; Script = 'Set-Esp32Nvs app.bin -Namespace n -Name a -Value 2 -Key $x -Force @Talk; Set-Esp32Nvs app.bin -Namespace n -Name a -Value 2 -HmacKey $x -Force @Talk' }
        @{ Cmdlet = 'Test-Esp32Nvs'; Script = 'Test-Esp32Nvs app.bin -Key $x @Talk; Test-Esp32Nvs app.bin -HmacKey $x @Talk' }
        @{ Cmdlet = 'New-Esp32FactoryData'; Script = "@{ a = 1 } | New-Esp32FactoryData -InMemory $schema -HmacKey `$x @Talk; @{ a = 1 } | New-Esp32FactoryData -InMemory $schema -Key `$x @Talk" }
        @{ Cmdlet = 'New-Esp32BootloaderDigest'; Script = 'New-Esp32BootloaderDigest bootloader.bin x.bin -Key $x -WhatIf @Talk; New-Esp32BootloaderDigest bootloader.bin x.bin -Key flash.key -Passphrase $x -WhatIf @Talk' }
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Script = '$dev | Enable-Esp32FlashEncryption Release -Key $x -WhatIf @Talk' }
        @{ Cmdlet = 'Enable-Esp32SecureBoot'; Script = '$dev | Enable-Esp32SecureBoot -Digest $x -WhatIf @Talk; $dev | Enable-Esp32SecureBoot -Digest sign.pem -Key $x -WhatIf @Talk; $dev | Enable-Esp32SecureBoot -Digest $x -Version V1 -Passphrase $x -WhatIf @Talk' }
        @{ Cmdlet = 'Add-Esp32ImageSignature'; Script = 'Add-Esp32ImageSignature app.bin x.bin -Key $x -WhatIf @Talk; Add-Esp32ImageSignature app.bin x.bin -Key $x, $x -WhatIf @Talk; Add-Esp32ImageSignature app.bin x.bin -PublicKey $x -Signature app.bin -WhatIf @Talk; Add-Esp32ImageSignature app.bin x.bin -Key sign.pem -Passphrase $x -WhatIf @Talk' }
        @{ Cmdlet = 'Test-Esp32ImageSignature'; Script = 'Test-Esp32ImageSignature app.bin $x @Talk' }
        @{ Cmdlet = 'Get-Esp32KeyDigest'; Script = 'Get-Esp32KeyDigest $x @Talk; $x | Get-Esp32KeyDigest @Talk; Get-Esp32KeyDigest -LiteralPath $x @Talk' }
        @{ Cmdlet = 'Export-Esp32PublicKey'; Script = 'Export-Esp32PublicKey $x x.pem -WhatIf @Talk; $x | Export-Esp32PublicKey -Destination x.pem -WhatIf @Talk' }
        @{ Cmdlet = 'New-Esp32SigningKey'; Script = 'New-Esp32SigningKey x.pem EcdsaP256 -Passphrase $x -WhatIf @Talk' }
        @{ Cmdlet = 'Set-Esp32Efuse'; Script = '$dev | Set-Esp32Efuse @{ BLOCK_KEY1 = $x } -WhatIf @Talk' }

        # In the place of a port.
        @{ Cmdlet = 'Get-Esp32Device'; Script = 'Get-Esp32Device $x @Talk; $x | Get-Esp32Device @Talk; $x | Get-Esp32Device -ThrottleLimit 4 @Talk; [pscustomobject]@{ Port = $x } | Get-Esp32Device @Talk; Get-Esp32Device -Device $x, $x @Talk' }
        @{ Cmdlet = 'Connect-Esp32Device'; Script = 'Connect-Esp32Device $x @Talk; $x | Connect-Esp32Device @Talk' }
        @{ Cmdlet = 'Restart-Esp32Device'; Script = 'Restart-Esp32Device $x @Talk' }
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = '$x | Write-Esp32EfuseKey USER -WhatIf @Talk; Write-Esp32EfuseKey USER -Device $x -Key $key -WhatIf @Talk; $x | Write-Esp32EfuseKey USER -Key $key -WhatIf @Talk' }
        @{ Cmdlet = 'Set-Esp32Efuse'; Script = 'Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device $x -WhatIf @Talk; $x | Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -WhatIf @Talk' }
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Script = 'Enable-Esp32FlashEncryption Release -Device $x -WhatIf @Talk; $x | Enable-Esp32FlashEncryption Release -ThrottleLimit 2 -WhatIf @Talk' }
    )
}

Describe 'Secrets' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        $key = [byte[]] (1..32 | ForEach-Object { ($_ * 71 + 0x9B) % 251 + 1 })
        New-TestFirmware -Folder $TestDrive
        Push-Location $TestDrive
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive 'flash.key'), $key)
        $phrase = 'Gelbe-Ziegel-Strasse-4711'
        $passphrase = [securestring]::new()
        $phrase.ToCharArray() | ForEach-Object { $passphrase.AppendChar($_) }
        $null = New-Esp32SigningKey sign.pem EcdsaP256
        $null = New-Esp32SigningKey secret.pem EcdsaP256 -Passphrase $passphrase
        Pop-Location

        # The private number of an EC key in the traditional form: 32 bytes behind a version and their own length.
        function Get-PrivateNumber {
            param([string] $Path)

            $lines = Get-Content $Path | Where-Object { $_ -notmatch '^-' }
            , [System.Convert]::FromBase64String($lines -join '')[7..38]
        }
    }

    It '<Cmdlet> shows no key: <Script>' -ForEach $cases {
        $with = @{}
        if ($_['Faults']) {
            $with.Fault = $_.Faults
        }

        $port = New-TestChip $(if ($_['Chip']) { $_.Chip } else { 'esp32c3' }) $with
        $trace = Join-Path $TestDrive "$([guid]::NewGuid()).trace"
        $before = @(Get-ChildItem $TestDrive -File | ForEach-Object Name)
        try {
            $text = Get-Shown "
                Set-Location '$TestDrive'
                `$Talk = @{ Verbose = `$true; Debug = `$true; ErrorAction = 'Continue' }
                `$key = [System.IO.File]::ReadAllBytes((Join-Path '$TestDrive' 'flash.key'))
                `$passphrase = [securestring]::new(); '$phrase'.ToCharArray() | ForEach-Object { `$passphrase.AppendChar(`$_) }
                `$wrong = [securestring]::new(); 'not that one'.ToCharArray() | ForEach-Object { `$wrong.AppendChar(`$_) }
                `$dev = Connect-Esp32Device $port -TraceFile '$trace'
                foreach (`$command in ([scriptblock]::Create(@'
$Script
'@).Ast.EndBlock.Statements.Extent.Text)) {
                    try {
                        . ([scriptblock]::Create(`$command)) | ForEach-Object { `$_; `$_ | ConvertTo-Json -Depth 3 -WarningAction Ignore }
                    }
                    catch {
                        `$_
                        `$_ | Format-List * -Force | Out-String -Width 400
                        `$_.Exception | Format-List * -Force | Out-String -Width 400
                    }
                }
                `$Error | ForEach-Object { `$_ | Format-List * -Force | Out-String -Width 400; `$_.Exception | Format-List * -Force | Out-String -Width 400 }
                `$dev | Disconnect-Esp32Device" | ForEach-Object { $_ -replace [regex]::Escape($phrase + "'.ToCharArray"), '' }
        }
        finally {
            Remove-Esp32Simulator $port
        }

        $text.Length | Should -BeGreaterThan 200
        $text += Get-Content $trace -Raw
        Find-KeyIn $text $key | Should -BeNullOrEmpty
        $text | Should -Not -Match ([regex]::Escape($phrase))
        Find-KeyIn $text ([System.Text.Encoding]::UTF8.GetBytes($phrase)) | Should -BeNullOrEmpty
        Find-KeyIn $text (Get-PrivateNumber (Join-Path $TestDrive sign.pem)) | Should -BeNullOrEmpty
        foreach ($made in Get-ChildItem $TestDrive -File | Where-Object Name -NotIn $before) {
            switch -Wildcard ($made.Name) {
                '*.key' { Find-KeyIn $text ([System.IO.File]::ReadAllBytes($made.FullName)) | Should -BeNullOrEmpty }
                'own.pem' { Find-KeyIn $text (Get-PrivateNumber $made.FullName) | Should -BeNullOrEmpty }
                '*.pem' {
                    if ($made.Name -notlike 'p?.pem') {
                        Get-Content $made.FullName | Where-Object { $_ -notmatch '^-' -and $_.Length -ge 16 } | ForEach-Object { $text | Should -Not -Match ([regex]::Escape($_)) }
                    }
                }
            }
        }
    }

    It '<Cmdlet> shows no key that is given as text: <Script>' -ForEach $texts {
        $port = New-TestChip esp32c3
        try {
            $text = Get-Shown "
                Set-Location '$TestDrive'
                `$Talk = @{ Verbose = `$true; Debug = `$true; ErrorAction = 'Continue' }
                `$key = [System.IO.File]::ReadAllBytes((Join-Path '$TestDrive' 'flash.key'))
                `$hex = -join (`$key | ForEach-Object { `$_.ToString('x2') })
                `$forms = (Get-Content sign.pem -Raw), (Get-Content sign.pem), (Get-Content sign.pem | Select-Object -Skip 1), `$hex, `$hex.Substring(0, 32), ((`$key | ForEach-Object { `$_.ToString('X2') }) -join ':'),
                    ('0x' + `$hex), [System.Convert]::ToBase64String(`$key), [System.Convert]::ToBase64String(`$key[0..15]), [System.Convert]::ToBase64String(`$key + `$key), (`$key -join ',')
                `$dev = Connect-Esp32Device $port
                foreach (`$x in `$forms) {
                    foreach (`$command in ([scriptblock]::Create(@'
$Script
'@).Ast.EndBlock.Statements.Extent.Text)) {
                        try {
                            . ([scriptblock]::Create(`$command)) | ForEach-Object { `$_; `$_ | ConvertTo-Json -Depth 3 -WarningAction Ignore }
                        }
                        catch {
                            `$_
                            `$_ | Format-List * -Force | Out-String -Width 400
                        }
                    }
                }
                foreach (`$problem in `$Error) {
                    `$problem | Format-List * -Force | Out-String -Width 400
                    `"`$(`$problem.TargetObject)`"
                    for (`$inner = `$problem.Exception; `$inner; `$inner = `$inner.InnerException) { `$inner | Format-List * -Force | Out-String -Width 400 }
                }
                `$dev | Disconnect-Esp32Device"
        }
        finally {
            Remove-Esp32Simulator $port
        }

        $text.Length | Should -BeGreaterThan 200
        Find-KeyIn $text $key | Should -BeNullOrEmpty
        Find-KeyIn $text (Get-PrivateNumber (Join-Path $TestDrive sign.pem)) | Should -BeNullOrEmpty
        foreach ($line in Get-Content (Join-Path $TestDrive sign.pem) | Where-Object { $_ -notmatch '^-' }) {
            $text | Should -Not -Match ([regex]::Escape($line.Substring(0, [math]::Min(20, $line.Length))))
        }
    }

    It 'has a case of text for every parameter that is a key' -ForEach @(@{ Texts = @($texts | ForEach-Object { $_ }) }) {
        Get-Command -Module Esp32Tools -CommandType Cmdlet | ForEach-Object {
            $name = $_.Name
            $scripts = ($Texts | Where-Object { $_.Cmdlet -eq $name } | ForEach-Object { $_.Script }) -join ';'
            $_.Parameters.Values | Where-Object { $_.ParameterType.FullName -match 'SecureString|KeyArgument' } | Where-Object {
                $scripts -notmatch "-$($_.Name) [^;]*\`$x" -and $scripts -notmatch "$name( \S+)? \`$x"
            } | ForEach-Object { "$name -$($_.Name)" }
        } | Should -BeNullOrEmpty
    }

    It 'tells a key in place of a path by its id, and a path that is none as it is: <Text>' -ForEach @(
        @{ Text = '00112233445566778899aabbccddeeff'; Id = 'KeyAsText' }
        @{ Text = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='; Id = 'KeyAsText' }
        @{ Text = "first`nsecond"; Id = 'KeyAsText' }
        @{ Text = 'no such key.bin'; Id = 'FileNotFound' }
        @{ Text = 'keys/0011223344556677.bin'; Id = 'FileNotFound' }
        @{ Text = '00112233445566778899aabbccddeeff.bin'; Id = 'FileNotFound' }
    ) {
        $failure = { Protect-Esp32Image (Join-Path $TestDrive app.bin) (Join-Path $TestDrive none.bin) -Key $Text -Address 0 -Chip esp32c3 } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.ToString().Contains($Text) | Should -Be ($Id -eq 'FileNotFound')
    }

    It 'tells a key in place of a port by its id, and a port that is none as it is: <Text>' -ForEach @(
        @{ Text = '00112233445566778899aabbccddeeff'; Id = 'KeyAsText' }
        @{ Text = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='; Id = 'KeyAsText' }
        @{ Text = '-----BEGIN EC PRIVATE KEY-----'; Id = 'KeyAsText' }
        @{ Text = '/dev/serial/by-id/usb-Silicon_Labs_CP2102_USB_to_UART_Bridge_Controller_0001-if00-port0'; Id = 'PortNotFound' }
        @{ Text = 'virtual:00112233445566778899aabbccddeeff'; Id = 'PortNotFound' }
        @{ Text = 'no such port'; Id = 'PortNameInvalid' }
    ) {
        if ($Text -like '/dev/*' -and -not $IsLinux) {
            Set-ItResult -Skipped -Because 'it is a name of Linux'
            return
        }

        $failure = { Get-Esp32Device $Text } | Should -Throw -ErrorId "$Id,*" -PassThru
        ("$failure" + $failure.TargetObject).Contains($Text) | Should -Be ($Id -ne 'KeyAsText')
    }

    It 'reads a file of that name, whatever its name looks like' {
        Push-Location $TestDrive
        try {
            Copy-Item flash.key 00112233445566778899aabbccddeeff
            Protect-Esp32Image app.bin named.bin -Key 00112233445566778899aabbccddeeff -Address 0x10000 -Chip esp32c3 | Should -Not -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }

    It 'takes a key in the form <Form>' -ForEach @(
        @{ Form = 'PEM text'; Make = { Get-Content sign.pem -Raw } }
        @{ Form = 'PEM lines'; Make = { Get-Content sign.pem } }
        @{ Form = 'secret PEM'; Make = { $secret = [securestring]::new(); (Get-Content sign.pem -Raw).ToCharArray() | ForEach-Object { $secret.AppendChar($_) }; $secret } }
        @{ Form = 'bytes'; Make = { , [System.IO.File]::ReadAllBytes((Join-Path (Get-Location) sign.pem)) } }
        @{ Form = 'file'; Make = { Get-Item sign.pem } }
        @{ Form = 'digest of a file'; Make = { Get-Esp32KeyDigest sign.pem } }
    ) {
        Push-Location $TestDrive
        try {
            $x = & $Make
            (Get-Esp32KeyDigest $x).Digest | Should -Be (Get-Esp32KeyDigest sign.pem).Digest
            Add-Esp32ImageSignature app.bin forms.bin -Key $x -Force | Should -Not -BeNullOrEmpty
            (Test-Esp32ImageSignature forms.bin $x).IsValid | Should -BeTrue
        }
        finally {
            Pop-Location
        }
    }

    It 'takes hexadecimal digits as a SecureString' {
        $secret = [securestring]::new()
        ($key | ForEach-Object { $_.ToString('x2') }) -join ' ' | ForEach-Object { $_.ToCharArray() } | ForEach-Object { $secret.AppendChar($_) }
        Push-Location $TestDrive
        try {
            $hidden = Protect-Esp32Image app.bin hidden.bin -Key $secret -Address 0x10000 -Chip esp32c3
            $plain = Protect-Esp32Image app.bin plain.bin -Key flash.key -Address 0x10000 -Chip esp32c3
            (Get-FileHash $hidden).Hash | Should -Be (Get-FileHash $plain).Hash
        }
        finally {
            Pop-Location
        }
    }

    It 'finds a key in every form: <Form>' -ForEach @(
        @{ Form = 'hexadecimal'; Show = { -join ($args[0] | ForEach-Object { $_.ToString('x2') }) } }
        @{ Form = 'capitals with colons'; Show = { ($args[0] | ForEach-Object { $_.ToString('X2') }) -join ':' } }
        @{ Form = 'last byte first'; Show = { $b = $args[0]; -join ($b[($b.Length - 1)..0] | ForEach-Object { $_.ToString('x2') }) } }
        @{ Form = 'list of numbers'; Show = { $args[0] -join ', ' } }
        @{ Form = 'lines of numbers'; Show = { $args[0] -join "`r`n" } }
        @{ Form = 'base64'; Show = { [System.Convert]::ToBase64String([byte[]] (@(1, 2) + $args[0])) } }
        @{ Form = 'one word'; Show = { 'value 0x{0:x8} there' -f [System.BitConverter]::ToUInt32($args[0], 8) } }
        @{ Form = 'one word, the other way round'; Show = { $b = $args[0]; 'value 0x{0:X8}' -f [System.BitConverter]::ToUInt32([byte[]] $b[15..12], 0) } }
        @{ Form = 'characters'; Show = { [System.Text.Encoding]::GetEncoding(28591).GetString($args[0]) } }
    ) {
        Find-KeyIn "before`n$(& $Show $key)`nbehind" $key | Should -Not -BeNullOrEmpty
    }

    It 'has cases for every cmdlet that takes or makes a key' -ForEach @(@{ Covered = @($cases | ForEach-Object { $_.Cmdlet }) }) {
        # What these take is no key of the chip's: memory and firmware.
        $open = 'Write-Esp32Memory', 'Invoke-Esp32RamImage', 'Get-Esp32Simulator', 'New-Esp32Simulator'
        $takers = Get-Command -Module Esp32Tools -CommandType Cmdlet | Where-Object {
            $_.Name -match 'Key$' -or ($_.Parameters.Values | Where-Object {
                    $_.Name -match 'Key(Path)?$|^Passphrase$' -or $_.ParameterType.FullName -match 'SecureString|KeyArgument|System\.Byte\[\]|EfuseKey'
                })
        } | ForEach-Object Name
        $takers | Should -Not -BeNullOrEmpty
        $takers | Where-Object { $_ -notin $open -and $_ -notin $Covered } | Should -BeNullOrEmpty
    }
}
