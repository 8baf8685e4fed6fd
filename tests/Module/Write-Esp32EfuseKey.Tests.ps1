BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Write-Esp32EfuseKey' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        $keyFile = Join-Path $TestDrive 'key.bin'
        $key = [System.IO.File]::ReadAllBytes($keyFile)
        $reversed = $key[31..0]
    }

    BeforeEach {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'burns a key, last byte first, and protects it' {
        $result = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path $keyFile -Confirm:$false
        $result.Verified | Should -BeTrue
        $result.Changed | Should -BeTrue
        $result.PortName | Should -Be $port
        $chip.ReadEfuseBlock(1) | Should -Be $reversed
        $field = Get-Esp32Efuse -Device $port BLOCK1
        $field.Readable | Should -BeFalse
        $field.Writable | Should -BeFalse
        $field.Value | Should -BeNullOrEmpty
    }

    It 'takes bytes as well' {
        $null = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key $key -Confirm:$false
        $chip.ReadEfuseBlock(1) | Should -Be $reversed
        $key[0] | Should -Be 0x11
    }

    It 'burns nothing with -WhatIf, and says what it would' {
        $shell = [powershell]::Create().AddScript(
            "Import-Module '$(Get-ModuleManifest)'; Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path '$keyFile' -WhatIf")
        $shell.Invoke() | Should -BeNullOrEmpty
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        $chip.ReadEfuseBlock(1) | Should -Be (@(0) * 32)
    }

    It 'names the unit by its MAC address in what it asks' {
        $mac = (Get-Esp32Device $port).Mac
        Get-Shown "Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path '$keyFile' -WhatIf" | Should -Match ", MAC $mac"
        Get-Shown "Enable-Esp32FlashEncryption Development -Device $port -WhatIf" | Should -Match ", MAC $mac"
    }

    It 'asks before it burns' {
        $attribute = (Get-Command Write-Esp32EfuseKey).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)
        $attribute[0].ConfirmImpact | Should -Be 'High'
    }

    It 'takes what the cmdlets of this module put out: <Script>' -ForEach @(
        @{ Script = 'Write-Esp32EfuseKey HMAC_UP (New-Esp32FlashKey k.bin) -Device $c3 -Confirm:$false'; File = 'k.bin' }
        @{ Script = '$session | Write-Esp32EfuseKey HMAC_UP (New-Esp32FlashKey k.bin) -Confirm:$false'; File = 'k.bin' }
        @{ Script = 'New-Esp32FlashKey k.bin | Write-Esp32EfuseKey HMAC_UP -Device $c3 -Confirm:$false'; File = 'k.bin' }
        @{ Script = 'Get-Item given.bin | Write-Esp32EfuseKey HMAC_UP -Device $c3 -Confirm:$false'; File = 'given.bin' }
        @{ Script = '[pscustomobject]@{ KeyPath = ''given.bin''; Port = $c3 } | Write-Esp32EfuseKey HMAC_UP -Confirm:$false'; File = 'given.bin' }
        @{ Script = '[pscustomobject]@{ a = 1; Port = $c3 } | New-Esp32FactoryData -Destination out @common -KeyPerUnit Hmac | Write-Esp32EfuseKey HMAC_UP -Confirm:$false'; File = 'out/keys/*.bin' }
        @{ Script = '@{ a = 1 } | New-Esp32FactoryData -Destination out @common -KeyPerUnit Hmac | Write-Esp32EfuseKey HMAC_UP -Device $c3 -Confirm:$false'; File = 'out/keys/*.bin' }
        @{ Script = '$item = @{ a = 1 } | New-Esp32FactoryData -InMemory @common -KeyPerUnit Hmac; [System.IO.File]::WriteAllBytes((Join-Path (Get-Location) made.bin), $item.GetHmacKey().ToBytes()); $item | Write-Esp32EfuseKey HMAC_UP -Device $c3 -Confirm:$false'; File = 'made.bin' }
    ) {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $common = @{ Size = 12KB; Schema = @{ Namespace = 'n'; Key = 'a'; Encoding = 'u8' } }
        $c3 = New-TestChip esp32c3
        Push-Location $folder
        try {
            Copy-Item $keyFile given.bin
            if ($Script -match 'session') {
                $session = Connect-Esp32Device $c3
            }

            $result = @(. ([scriptblock]::Create($Script)))
            $result.Count | Should -Be 1
            $result[0].Verified | Should -BeTrue
            (Get-Esp32Simulator $c3).ReadEfuseBlock(4)[0..31] | Should -Be ([System.IO.File]::ReadAllBytes((Get-Item $File).FullName))
        }
        finally {
            Pop-Location
            if ($Script -match 'session') {
                $session | Disconnect-Esp32Device
            }

            Remove-Esp32Simulator $c3
        }
    }

    It 'burns into each unit the key that came with it, side by side as well: <Limit>' -ForEach @(@{ Limit = 1 }, @{ Limit = 4 }) {
        $ports = @(1..3 | ForEach-Object { New-TestChip esp32c3 })
        $common = @{ Size = 12KB; Schema = @{ Namespace = 'n'; Key = 'a'; Encoding = 'u8' }; Destination = Join-Path $TestDrive ([guid]::NewGuid()) }
        try {
            $items = @($ports | ForEach-Object { [pscustomobject]@{ a = 1; Port = $_ } } | New-Esp32FactoryData @common -KeyPerUnit Hmac)
            $items | Write-Esp32EfuseKey HMAC_UP -Confirm:$false -ThrottleLimit $Limit | ForEach-Object Verified | Should -Be $true, $true, $true
            foreach ($item in $items) {
                (Get-Esp32Simulator $item.Port).ReadEfuseBlock(4)[0..31] | Should -Be ([System.IO.File]::ReadAllBytes($item.KeyPath))
            }
        }
        finally {
            $ports | ForEach-Object { Remove-Esp32Simulator $_ }
        }
    }

    It 'goes on with the next unit where a key is none' {
        $c3 = New-TestChip esp32c3
        try {
            $result = @([pscustomobject]@{ KeyPath = 'missing.bin'; Port = $c3 }, [pscustomobject]@{ KeyPath = $keyFile; Port = $c3 } |
                    Write-Esp32EfuseKey HMAC_UP -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue)
            $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
            $result.Count | Should -Be 1
        }
        finally {
            Remove-Esp32Simulator $c3
        }
    }

    It 'does nothing when it is so already' {
        $first = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path $keyFile -NoReadProtect -Force KeyReadable -Confirm:$false
        $again = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path $keyFile -NoReadProtect -Force KeyReadable -Confirm:$false
        $first.Changed | Should -BeTrue
        $again.Changed | Should -BeFalse
        $again.Verified | Should -BeTrue
    }

    It 'leaves a hidden key alone with -SkipExisting, and tells that it was not compared' {
        $first = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path $keyFile -SkipExisting -Confirm:$false
        $again = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key ([byte[]] (1..32)) -SkipExisting
        $first.Changed, $first.Verified, $first.Skipped | Should -Be $true, $true, $false
        $again.Changed, $again.Verified, $again.Skipped | Should -Be $false, $false, $true
        @($again.Steps | Where-Object IsSkipped).Change | Should -Match 'fingerprint unknown'
        "$($again.Steps)" | Should -Not -Match 'SHA-256'
        $chip.ReadEfuseBlock(1) | Should -Be $reversed
        { Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key ([byte[]] (1..32)) -Confirm:$false } | Should -Throw -ErrorId 'KeyBlockInUse,*'
    }

    It 'takes -SkipExisting into a plan' {
        $null = Write-Esp32EfuseKey -Device $port FlashEncryption $keyFile -Confirm:$false
        $plan = New-Esp32EfusePlan
        Write-Esp32EfuseKey -Plan $plan FlashEncryption $keyFile -SkipExisting
        Set-Esp32Efuse -Plan $plan @{ JTAG_DISABLE = 1 }
        $result = Invoke-Esp32EfusePlan -Device $port $plan -Confirm:$false
        $result.Changed, $result.Skipped | Should -Be $true, $true
    }

    It 'refuses another key in the same block' {
        $null = Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Path $keyFile -NoReadProtect -NoWriteProtect -Force KeyReadable -Confirm:$false
        { Write-Esp32EfuseKey -Device $port -Purpose FlashEncryption -Key ([byte[]] (1..32)) -Confirm:$false } | Should -Throw -ErrorId 'KeyBlockInUse,*'
        $chip.ReadEfuseBlock(1) | Should -Be $reversed
    }

    It 'reports <Id> and burns nothing' -ForEach @(
        @{ Id = 'KeyPurposeInvalid'; With = @{ Purpose = 'XTS_AES_128_KEY' } }
        @{ Id = 'KeyLength'; With = @{ Purpose = 'FlashEncryption'; Key = [byte[]] (1..31) } }
        @{ Id = 'FileNotFound'; With = @{ Purpose = 'FlashEncryption'; LiteralPath = 'missing.bin' } }
        @{ Id = 'KeyPurposeInvalid'; With = @{ Purpose = 'FlashEncryption'; Block = 'BLOCK2' } }
    ) {
        if (-not $With.ContainsKey('Key') -and -not $With.ContainsKey('LiteralPath')) {
            $With.Path = $keyFile
        }

        { Write-Esp32EfuseKey -Device $port @With -Confirm:$false } | Should -Throw -ErrorId "$Id,*"
        $chip.ReadEfuseBlock(1) | Should -Be (@(0) * 32)
        $chip.ReadEfuseBlock(2) | Should -Be (@(0) * 32)
    }

    It 'burns a key with its purpose on a later chip' {
        $c3 = New-TestChip esp32c3
        $result = Write-Esp32EfuseKey -Device $c3 -Purpose XTS_AES_128_KEY -Path $keyFile -Confirm:$false
        $fields = Get-Esp32Efuse -Device $c3 KEY_PURPOSE_0, BLOCK_KEY0
        Remove-Esp32Simulator $c3
        $result.Verified | Should -BeTrue
        ($fields | Where-Object Name -EQ KEY_PURPOSE_0).Value | Should -Be 'XTS_AES_128_KEY'
        ($fields | Where-Object Name -EQ BLOCK_KEY0).Readable | Should -BeFalse
    }

    It 'burns the digest of <Kind> readable, as it is, and nothing the second time' -ForEach @(
        @{ Kind = 'esp32c3' }, @{ Kind = 'esp32s3' }, @{ Kind = 'esp32c6' }, @{ Kind = 'esp32p4' }
    ) {
        $other = New-TestChip $Kind
        $null = Write-Esp32EfuseKey -Device $other SECURE_BOOT_DIGEST1 $keyFile -Confirm:$false
        $again = Write-Esp32EfuseKey -Device $other SECURE_BOOT_DIGEST1 $keyFile -Confirm:$false
        $field = Get-Esp32Efuse -Device $other BLOCK_KEY0
        Remove-Esp32Simulator $other
        $field.GetBytes() | Should -Be $key
        $field.Writable | Should -BeFalse
        $again.Changed | Should -BeFalse
    }

    It 'burns a key of 64 bytes into two blocks of <Kind>, and refuses half of one' -ForEach @{ Kind = 'esp32s3' }, @{ Kind = 'esp32p4' } {
        $other = New-TestChip $Kind
        $long = [byte[]] (1..64)
        { Write-Esp32EfuseKey -Device $other XTS_AES_256_KEY $keyFile -Confirm:$false } | Should -Throw -ErrorId 'KeyLength,*'
        $null = Write-Esp32EfuseKey -Device $other XTS_AES_256_KEY -Key $long -Block BLOCK_KEY1 -NoReadProtect -Force KeyReadable -WarningAction SilentlyContinue -Confirm:$false
        $again = Write-Esp32EfuseKey -Device $other XTS_AES_256_KEY -Key $long -Block BLOCK_KEY1 -NoReadProtect -Force KeyReadable -WarningAction SilentlyContinue -Confirm:$false
        $first, $second, $purpose1, $purpose2 = 'BLOCK_KEY1', 'BLOCK_KEY2', 'KEY_PURPOSE_1', 'KEY_PURPOSE_2' | ForEach-Object { (Get-Esp32Efuse -Device $other $_).Value }
        Remove-Esp32Simulator $other
        $first | Should -Be (($long[31..0] | ForEach-Object { $_.ToString('x2') }) -join '')
        $second | Should -Be (($long[63..32] | ForEach-Object { $_.ToString('x2') }) -join '')
        $purpose1 | Should -Be 'XTS_AES_256_KEY_1'
        $purpose2 | Should -Be 'XTS_AES_256_KEY_2'
        $again.Changed | Should -BeFalse
    }

    It 'burns a key of 24 bytes under 3/4 coding, and none of 32' {
        $coded = New-TestCodedChip
        { Write-Esp32EfuseKey -Device $coded FlashEncryption $keyFile -Confirm:$false } | Should -Throw -ErrorId 'KeyLength,*'
        $null = Write-Esp32EfuseKey -Device $coded FlashEncryption -Key $key[0..23] -NoReadProtect -Force KeyReadable -WarningAction SilentlyContinue -Confirm:$false
        $again = Write-Esp32EfuseKey -Device $coded FlashEncryption -Key $key[0..23] -NoReadProtect -Force KeyReadable -WarningAction SilentlyContinue -Confirm:$false
        $field = Get-Esp32Efuse -Device $coded BLOCK1
        Remove-Esp32Simulator $coded
        $field.GetBytes() | Should -Be $key[23..0]
        $again.Changed | Should -BeFalse
    }

    It 'burns the digest of a signing key, private or public, on <Kind>' -ForEach @(
        @{ Kind = 'esp32'; Purpose = 'SecureBootV2'; Block = 'BLOCK2'; Type = 'Rsa3072'; Length = 32 }
        @{ Kind = 'esp32c3'; Purpose = 'SECURE_BOOT_DIGEST0'; Block = 'BLOCK_KEY0'; Type = 'Rsa3072'; Length = 32 }
        @{ Kind = 'esp32c6'; Purpose = 'SECURE_BOOT_DIGEST2'; Block = 'BLOCK_KEY0'; Type = 'EcdsaP256'; Length = 32 }
    ) {
        $private = Join-Path $TestDrive "$Kind.key"
        $public = Join-Path $TestDrive "$Kind.pub"
        $digest = (New-Esp32SigningKey $private $Type).Digest
        $null = Export-Esp32PublicKey $private -Destination $public
        $other = New-TestChip $Kind
        (Write-Esp32EfuseKey -Device $other $Purpose $private -Confirm:$false).Verified | Should -BeTrue
        $again = Write-Esp32EfuseKey -Device $other $Purpose $public -Confirm:$false
        $field = Get-Esp32Efuse -Device $other $Block
        Remove-Esp32Simulator $other
        $again.Changed | Should -BeFalse
        $field.Readable | Should -BeTrue
        $field.Value | Should -Be $digest
    }

    It 'ends at once when it is stopped while it decrypts a key' {
        # The file says more rounds of key derivation than it was made with: two seconds of work, and a wrong passphrase in the end.
        $file = Join-Path $TestDrive 'slow.pem'
        $null = New-Esp32SigningKey $file EcdsaP256 -Passphrase (ConvertTo-SecureString 'test' -AsPlainText -Force)
        $key = [System.Convert]::FromBase64String((Get-Content $file | Where-Object { $_ -notlike '-----*' }) -join '')
        $place = [System.Convert]::ToHexString($key).IndexOf('02030927C0') / 2
        [byte[]] (0x1E, 0x84, 0x80) | ForEach-Object { $i = $place + 2 } { $key[$i++] = $_ }
        Set-Content $file '-----BEGIN ENCRYPTED PRIVATE KEY-----', ([System.Convert]::ToBase64String($key, 'InsertLineBreaks')), '-----END ENCRYPTED PRIVATE KEY-----'
        $other = New-TestChip esp32c3
        try {
            $script = "`$pass = ConvertTo-SecureString 'test' -AsPlainText -Force; Set-Content '$TestDrive/started' 1; Write-Esp32EfuseKey -Device $other SECURE_BOOT_DIGEST0 '$file' -Passphrase `$pass -Confirm:`$false"
            $time = Stop-Script $script { (Test-Path "$TestDrive/started") -and $(Start-Sleep -Milliseconds 300; $true) }
            $time.TotalSeconds | Should -BeLessThan 1
        }
        finally {
            Remove-Esp32Simulator $other
        }
    }

    It 'burns an encrypted private key of ECDSA, says <Id> for <What>, and shows nothing of it' -ForEach @(
        @{ What = 'a missing passphrase'; Id = 'KeyPassphrase'; Type = 'EcdsaP256'; Purpose = 'ECDSA_KEY' }
        @{ What = 'another curve'; Id = 'KeyTypeUnsupported'; Type = 'EcdsaP384'; Purpose = 'ECDSA_KEY' }
        @{ What = 'an RSA key'; Id = 'KeyTypeUnsupported'; Type = 'Rsa3072'; Purpose = 'ECDSA_KEY' }
        @{ What = 'a purpose for plain bytes'; Id = 'KeyTypeUnsupported'; Type = 'EcdsaP256'; Purpose = 'HMAC_UP' }
        @{ What = 'a public key'; Id = 'KeyNotPrivate'; Type = 'EcdsaP256'; Purpose = 'ECDSA_KEY' }
    ) {
        $pass = [securestring]::new()
        'let me in'.ToCharArray() | ForEach-Object { $pass.AppendChar($_) }
        $private = Join-Path $TestDrive "$([guid]::NewGuid()).pem"
        $null = New-Esp32SigningKey $private $Type -Passphrase $pass
        $bad = @{ LiteralPath = $private; Passphrase = $pass }
        if ($Id -eq 'KeyPassphrase') { $bad.Remove('Passphrase') }
        if ($Id -eq 'KeyNotPrivate') {
            $bad.LiteralPath = "$private.pub"
            $null = Export-Esp32PublicKey $private -Destination "$private.pub" -Passphrase $pass
        }

        $other = New-TestChip esp32h2
        { Write-Esp32EfuseKey -Device $other $Purpose @bad -Confirm:$false } | Should -Throw -ErrorId "$Id,*"
        if ($Type -eq 'EcdsaP256' -and $Purpose -eq 'ECDSA_KEY') {
            $result = Write-Esp32EfuseKey -Device $other $Purpose $private -Passphrase $pass -Confirm:$false
            $result.Verified | Should -BeTrue
            $hidden = (Get-Esp32Simulator $other).ReadEfuseBlock(4)[31..0]
            ($hidden | Measure-Object -Sum).Sum | Should -BeGreaterThan 0
            Assert-NoKeyIn ($result | Format-List * -Force | Out-String) $hidden
        }

        Remove-Esp32Simulator $other
    }

    It 'shows no byte of the key in any stream, nor in a trace' {
        $trace = Join-Path $TestDrive 'trace.log'
        $script = "Import-Module '$(Get-ModuleManifest)'
            `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
            `$dev = Connect-Esp32Device $port -TraceFile '$trace'
            `$dev | Write-Esp32EfuseKey -Purpose FlashEncryption -Path '$keyFile' -WhatIf
            `$dev | Write-Esp32EfuseKey -Purpose FlashEncryption -Path '$keyFile' -Confirm:`$false | Format-List * -Force | Out-String
            `$dev | Write-Esp32EfuseKey -Purpose SecureBootV1 -Key ([byte[]] (0x11..0x2F)) -Confirm:`$false
            `$dev | Get-Esp32Efuse | Format-List * -Force | Out-String
            `$dev | Disconnect-Esp32Device"
        $shell = [powershell]::Create().AddScript($script)
        $seen = @($shell.Invoke() | Out-String)
        foreach ($stream in 'Error', 'Warning', 'Verbose', 'Debug', 'Information') {
            $seen += $shell.Streams.$stream | ForEach-Object { "$_" + ($_ | Format-List * -Force | Out-String) }
        }

        $shell.Streams.Error.Count | Should -Be 1
        $shell.Dispose()
        $seen += Get-Content $trace
        $chip.ReadEfuseBlock(1) | Should -Be $reversed

        $all = ($seen -join "`n") -replace '[^0-9A-Fa-f]', ''
        $hex = ($key | ForEach-Object { $_.ToString('x2') }) -join ''
        $back = ($reversed | ForEach-Object { $_.ToString('x2') }) -join ''
        for ($i = 0; $i -le 56; $i += 4) {
            $all | Should -Not -Match $hex.Substring($i, 8)
            $all | Should -Not -Match $back.Substring($i, 8)
        }
    }
}
