BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Protect-Esp32Image' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory $folder
        Push-Location $folder
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'plain.bin'), [byte[]] (0..63))
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'flash.key'), [byte[]] (0..31))
    }

    AfterEach {
        Pop-Location
    }

    It 'encrypts for <Chip> with -CryptConfig <CryptConfig>' -ForEach @(
        @{ Chip = 'esp32'; Address = 0xABCD20; CryptConfig = $null; Expected = 'CD47F9DCDF876747EBEC60F327DDAFAF' }
        @{ Chip = 'esp32'; Address = 0xABCD20; CryptConfig = 5; Expected = '91C4698DACD695AE9F0A8398212E7583' }
        @{ Chip = 'esp32c3'; Address = '64KB'; CryptConfig = $null; Expected = '2C2A288E9E96647587883012B81D1739' }
    ) {
        $more = if ($null -ne $CryptConfig) { @{ CryptConfig = $CryptConfig } } else { @{} }
        $file = Protect-Esp32Image plain.bin out.bin -Key flash.key -Address $Address -Chip $Chip @more
        $file.FullName | Should -Be (Join-Path $folder 'out.bin')
        [System.Convert]::ToHexString([System.IO.File]::ReadAllBytes($file.FullName)[0..15]) | Should -Be $Expected
    }

    It 'takes a key as bytes, and a file of New-Esp32FlashKey' {
        $null = Protect-Esp32Image plain.bin a.bin -Key ([byte[]] (0..31)) -Address 0x1000 -Chip esp32
        $null = Protect-Esp32Image plain.bin b.bin -Key flash.key -Address 0x1000 -Chip esp32
        (Get-FileHash a.bin).Hash | Should -Be (Get-FileHash b.bin).Hash
        $key = New-Esp32FlashKey new.key
        { Protect-Esp32Image plain.bin c.bin -Key $key -Address 0x1000 -Chip esp32 } | Should -Not -Throw
    }

    It 'gives an image that writes itself to its address' {
        $port = New-TestChip esp32c3
        Protect-Esp32Image plain.bin out.bin -Key flash.key -Address 0x10000 -Chip esp32c3 | Write-Esp32Flash -Device $port -Force ImageInvalid, ImageForOtherChip
        (Get-Esp32Simulator $port).ReadFlash(0x10000, 64) | Should -Be ([System.IO.File]::ReadAllBytes((Join-Path $folder 'out.bin')))
        Remove-Esp32Simulator $port
    }

    It 'takes files with their addresses from the pipeline, into a folder' {
        $null = New-Item -ItemType Directory out
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'other.bin'), [byte[]] (0..63))
        $files = [pscustomobject] @{ LiteralPath = 'plain.bin'; Address = 0x1000 }, [pscustomobject] @{ Path = 'other.bin'; Offset = '8KB' } |
            Protect-Esp32Image -Destination out -Key flash.key -Chip esp32
        $files.Name | Should -Be 'plain.bin', 'other.bin'
        $files | ForEach-Object Address | Should -Be 0x1000, 0x2000
        (Get-FileHash out/plain.bin).Hash | Should -Not -Be (Get-FileHash out/other.bin).Hash
    }

    It 'takes files as they come from a listing' {
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'a[1].bin'), [byte[]] (0..63))
        $null = New-Item -ItemType Directory out
        $files = Get-ChildItem *.bin | Protect-Esp32Image -Destination out -Key flash.key -Address 0x1000 -Chip esp32
        $files.Name | Sort-Object | Should -Be 'a[1].bin', 'plain.bin'
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'a key that is not there'; With = @{ Key = 'no.key' }; Id = 'FileNotFound' }
        @{ Why = 'a key that the chip does not have'; With = @{ Key = [byte[]] (1..16) }; Id = 'KeyLength' }
        @{ Why = 'an address in the middle of a block'; With = @{ Address = 0x10008 }; Id = 'Misaligned' }
        @{ Why = 'a length that is not whole'; With = @{ LiteralPath = 'odd.bin' }; Id = 'Misaligned' }
        @{ Why = 'an empty file'; With = @{ LiteralPath = 'empty.bin' }; Id = 'ImageEmpty' }
        @{ Why = 'FLASH_CRYPT_CONFIG where there is none'; With = @{ CryptConfig = 15 }; Id = 'SettingsConflict' }
        @{ Why = 'a file that exists'; With = @{ Destination = 'flash.key' }; Id = 'FileExists' }
        @{ Why = 'a chip that nobody knows'; With = @{ Chip = 'esp64' }; Id = 'ChipUnknown' }
    ) {
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'odd.bin'), [byte[]] (0..20))
        $null = New-Item empty.bin
        $arguments = @{ LiteralPath = 'plain.bin'; Destination = 'out.bin'; Key = 'flash.key'; Address = 0x10000; Chip = 'esp32c3' } + @{}
        foreach ($name in $With.Keys) { $arguments[$name] = $With[$name] }
        { Protect-Esp32Image @arguments } | Should -Throw -ErrorId "$Id,*"
        Test-Path out.bin | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        Protect-Esp32Image plain.bin out.bin -Key flash.key -Address 0x10000 -Chip esp32 -WhatIf | Should -BeNullOrEmpty
        Test-Path out.bin | Should -BeFalse
    }

    It 'shows no byte of the key, whatever is wrong' {
        $secret = [System.Security.Cryptography.RandomNumberGenerator]::GetBytes(32)
        $hex = [System.Convert]::ToHexString($secret)
        $shown = & {
            Protect-Esp32Image plain.bin out.bin -Key $secret -Address 0x10000 -Chip esp32 -Verbose -Debug
            try { Protect-Esp32Image plain.bin out.bin -Key ($secret + $secret) -Address 0x10000 -Chip esp32 } catch { $_ | Format-List * -Force; $_.Exception.ToString() }
            try { Protect-Esp32Image plain.bin out.bin -Key @{ Key = $hex } -Address 0x10000 -Chip esp32 } catch { $_ | Format-List * -Force; $_.Exception.ToString() }
        } *>&1 | Out-String
        $shown | Should -Not -Match $hex.Substring(0, 16)
        $shown | Should -Not -Match ([regex]::Escape(($secret[0..7] -join ' ')))
    }
}
