BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Read-Esp32Memory' {
    BeforeAll {
        $port = New-TestChip esp32
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'reads a word as a number' {
        $word = Read-Esp32Memory -Device $port 0x40001000
        $word.Value | Should -BeExactly 0x00F01D83
        $word.Length | Should -Be 4
        $word.PortName | Should -Be $port
    }

    It 'reads bytes from any address' {
        (Read-Esp32Memory -Device $port '0x40001001' 2).GetBytes() | Should -Be 0x1D, 0xF0
        (Read-Esp32Memory -Device $port 0x40001001 2).Value | Should -BeNullOrEmpty
    }

    It 'writes a file, and replaces none unasked' {
        $file = Join-Path $TestDrive 'rom.bin'
        (Read-Esp32Memory -Device $port 0x40001000 8 -Path $file).Path | Should -Be $file
        [System.IO.File]::ReadAllBytes($file)[0..3] | Should -Be 0x83, 0x1D, 0xF0, 0x00
        $failure = { Read-Esp32Memory -Device $port 0x40001000 8 -Path $file } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        $failure.Exception.IsLiftable | Should -BeTrue
        { Read-Esp32Memory -Device $port 0x40001000 8 -Path $file -Force AddressUnmapped } | Should -Throw -ErrorId 'FileExists,*'
        { Read-Esp32Memory -Device $port 0x40001000 8 -Path $file -Force FileExists } | Should -Not -Throw
    }

    It 'does not touch what is not there' {
        $failure = { Read-Esp32Memory -Device $port 0x100 } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'AddressUnmapped,*'
        $failure.TargetObject | Should -Be $port
        $failure.Exception.Target | Should -Be '0x00000100'
        { Read-Esp32Memory -Device $port 0x100 -Force FileExists } | Should -Throw -ErrorId 'AddressUnmapped,*'
    }

    It 'looks like <Expected>' -ForEach @(@{ Expected = '0x40001000 +4 0x00F01D83' }) {
        Read-Esp32Memory -Device $port 0x40001000 | Out-String | Should -Match $Expected
    }
}
