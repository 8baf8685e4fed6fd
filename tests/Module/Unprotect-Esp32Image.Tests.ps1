BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Unprotect-Esp32Image' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('n'))
        $null = New-Item -ItemType Directory $folder
        Push-Location $folder
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'plain.bin'), (New-TestImage -IsApplication))
    }

    AfterEach {
        Pop-Location
    }

    It 'opens what was encrypted for <Chip> with <Length> bytes' -ForEach @(
        @{ Chip = 'esp32'; Length = 24 }, @{ Chip = 'esp32'; Length = 32 }, @{ Chip = 'esp32c2'; Length = 16 }
        @{ Chip = 'esp32c6'; Length = 32 }, @{ Chip = 'esp32p4'; Length = 64 }
    ) {
        $key = New-Esp32FlashKey flash.key -Chip $Chip -Length $Length
        $null = Protect-Esp32Image plain.bin encrypted.bin -Key $key -Address 0x12340 -Chip $Chip
        (Get-FileHash encrypted.bin).Hash | Should -Not -Be (Get-FileHash plain.bin).Hash
        $file = Unprotect-Esp32Image encrypted.bin opened.bin -Key $key -Address 0x12340 -Chip $Chip
        (Get-FileHash $file.FullName).Hash | Should -Be (Get-FileHash plain.bin).Hash
        (Get-Esp32Image -LiteralPath $file.FullName).IsIntact | Should -BeTrue
    }

    It 'refuses what is not whole, on the ESP32 as well' {
        [System.IO.File]::WriteAllBytes((Join-Path $folder 'cut.bin'), [byte[]] (0..20))
        { Unprotect-Esp32Image cut.bin out.bin -Key ([byte[]] (1..32)) -Address 0x10000 -Chip esp32 } | Should -Throw -ErrorId 'Misaligned,*'
    }

    It 'writes nothing with -WhatIf' {
        Unprotect-Esp32Image plain.bin out.bin -Key ([byte[]] (1..32)) -Address 0x10000 -Chip esp32 -WhatIf | Should -BeNullOrEmpty
        Test-Path out.bin | Should -BeFalse
    }
}
