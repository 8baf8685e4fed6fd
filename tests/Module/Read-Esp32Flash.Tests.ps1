BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Read-Esp32Flash' {
    BeforeAll {
        $port = New-TestChip esp32
        (Get-Esp32Simulator $port).LoadFlash(0x10000, [byte[]] (0..255))
        Push-Location $TestDrive
    }

    AfterAll {
        Remove-Esp32Simulator $port
        Pop-Location
    }

    It 'reads <Address> and <Length>' -ForEach @(
        @{ Address = 0x10000; Length = 256 }
        @{ Address = '0x10000'; Length = '0x100' }
        @{ Address = '64KB'; Length = '256' }
        @{ Address = 64KB; Length = 0.25KB }
        @{ Address = ' 64k '; Length = '0.25KB' ; Fails = $true }
        @{ Address = 'x'; Length = 1; Fails = $true }
        @{ Address = 0x10000; Length = 0; Fails = $true }
        @{ Address = -5L; Length = 1; Fails = $true }
    ) {
        if ($_.ContainsKey('Fails')) {
            { Read-Esp32Flash -Device $port $Address $Length } | Should -Throw
        }
        else {
            (Read-Esp32Flash -Device $port $Address $Length).GetBytes() | Should -Be (0..255)
        }
    }

    It 'binds 0xFFFFFFFF, which PowerShell takes for -1' {
        { Read-Esp32Flash -Device $port 0xFFFFFFFF 16 } | Should -Throw -ErrorId 'BeyondFlash,*' -ExpectedMessage '*0xFFFFFFFF*'
    }

    It 'reads the same with the ROM' {
        $dev = Connect-Esp32Device $port -NoStub
        $region = $dev | Read-Esp32Flash 0x10000 256
        $dev | Disconnect-Esp32Device
        $region.GetBytes() | Should -Be (0..255)
    }

    It 'writes a file' {
        $region = Read-Esp32Flash -Device $port 0x10000 256 -Path dump.bin
        $region.Path | Should -Be (Join-Path $TestDrive 'dump.bin')
        [System.IO.File]::ReadAllBytes($region.Path) | Should -Be (0..255)
        Get-ChildItem $TestDrive -Filter *.part | Should -BeNullOrEmpty
    }

    It 'says of <Path>, which cannot be written, that it is so' -ForEach @(
        @{ Path = 'no/where.bin'; Id = 'FolderNotFound' }
        # On Windows no name of a file, elsewhere one like any other.
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) { @{ Path = 'j?.bin'; Id = 'FileAccess' } }
    ) {
        { Read-Esp32Flash -Device $port 0x10000 256 -Path $Path } | Should -Throw -ErrorId "$Id,*" -ExpectedMessage '*cannot be written: *'
        Get-ChildItem $TestDrive -Filter *.part | Should -BeNullOrEmpty
    }

    It 'never replaces a file without -Force' {
        Set-Content kept.bin 'kept'
        { Read-Esp32Flash -Device $port 0x10000 256 -Path kept.bin } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content kept.bin | Should -Be 'kept'
        $null = Read-Esp32Flash -Device $port 0x10000 256 -Path kept.bin -Force
        (Get-Item kept.bin).Length | Should -Be 256
    }

    It 'never replaces with -Force what another device has just given' {
        $other = New-TestChip esp32
        $null = Read-Esp32Flash -Device $port, $other 0x10000 256 -Path two.bin -Force -ErrorAction SilentlyContinue -ErrorVariable failures
        Remove-Esp32Simulator $other
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        [System.IO.File]::ReadAllBytes("$TestDrive/two.bin") | Should -Be (0..255)
    }

    It 'writes nothing with -WhatIf' {
        Read-Esp32Flash -Device $port 0x10000 256 -Path none.bin -WhatIf | Should -BeNullOrEmpty
        Test-Path none.bin | Should -BeFalse
    }

    It 'leaves no partial file when it is stopped' {
        $slow = New-TestChip esp32 @{ Timing = $true }
        try {
            $time = Stop-Script "Read-Esp32Flash -Device $slow 0 4MB -Path '$TestDrive/stopped.bin'" { (Get-Esp32Simulator $slow).State -eq 'Stub' }
            $time.TotalSeconds | Should -BeLessThan 5
            Get-ChildItem $TestDrive -Filter stopped* | Should -BeNullOrEmpty
            (Get-Esp32Simulator $slow).IsOpen | Should -BeFalse
        }
        finally {
            Remove-Esp32Simulator $slow
        }
    }
}
