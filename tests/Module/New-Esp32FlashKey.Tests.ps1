BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32FlashKey' {
    BeforeEach {
        $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).key"
    }

    It 'makes a key of <Length> bytes for <Chip>' -ForEach @(
        @{ Chip = 'esp32'; Length = 24 }, @{ Chip = 'esp32'; Length = 32 }, @{ Chip = 'esp32c2'; Length = 16 }, @{ Chip = 'esp32s3'; Length = 64 }
    ) {
        $key = New-Esp32FlashKey $file -Chip $Chip -Length $Length
        $key.Path | Should -Be $file
        $key.Length | Should -Be $Length
        $bytes = [System.IO.File]::ReadAllBytes($file)
        $bytes.Length | Should -Be $Length
        $sha = [System.Security.Cryptography.SHA256]::HashData($bytes)
        $key.Fingerprint | Should -Be ([System.Convert]::ToHexString($sha).Substring(0, 8).ToLowerInvariant())
        @(Get-ChildItem "$file*").Count | Should -Be 1
    }

    It 'makes 32 bytes unless told otherwise, and never the same' {
        $keys = New-Esp32FlashKey $file, "$file.2"
        $keys | ForEach-Object Length | Should -Be 32, 32
        $keys[0].Fingerprint | Should -Not -Be $keys[1].Fingerprint
    }

    It 'makes a file for its owner alone' {
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) {
            Set-ItResult -Skipped -Because 'there are no file modes here to look at'
            return
        }

        $null = New-Esp32FlashKey $file
        [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be 0x180
        [System.IO.File]::SetUnixFileMode($file, 'UserRead, UserWrite, GroupRead, OtherRead')
        $null = New-Esp32FlashKey $file -Force
        [int] [System.IO.File]::GetUnixFileMode($file) | Should -Be 0x180
    }

    It 'never replaces a key without -Force' {
        $first = New-Esp32FlashKey $file
        { New-Esp32FlashKey $file } | Should -Throw -ErrorId 'FileExists,*'
        (Get-FileHash $file).Hash | Should -BeLike "$($first.Fingerprint)*"
        (New-Esp32FlashKey $file -Force).Fingerprint | Should -Not -Be $first.Fingerprint
        @(Get-ChildItem "$file*").Count | Should -Be 1
    }

    It 'replaces a read-only key with -Force, and leaves nothing beside it' {
        $first = New-Esp32FlashKey $file
        (Get-Item $file).IsReadOnly = $true
        (New-Esp32FlashKey $file -Force).Fingerprint | Should -Not -Be $first.Fingerprint
        @(Get-ChildItem "$file*").Count | Should -Be 1
    }

    It 'refuses a length that the chip does not have' {
        { New-Esp32FlashKey $file -Chip esp32c3 -Length 64 } | Should -Throw -ErrorId 'KeyLength,*'
        { New-Esp32FlashKey $file -Length 20 } | Should -Throw -ErrorId 'KeyLength,*'
        Test-Path $file | Should -BeFalse
    }

    It 'writes nothing with -WhatIf' {
        New-Esp32FlashKey $file -WhatIf | Should -BeNullOrEmpty
        Test-Path $file | Should -BeFalse
    }

    It 'reports a folder that is not there' {
        { New-Esp32FlashKey (Join-Path $TestDrive 'no/where.key') } | Should -Throw -ErrorId 'FolderNotFound,*'
    }

    It 'shows no byte of the key in any stream' {
        $shown = & { New-Esp32FlashKey $file -Verbose -Debug | Format-List * } *>&1 | Out-String
        $hex = [System.Convert]::ToHexString([System.IO.File]::ReadAllBytes($file))
        $shown | Should -Not -Match $hex.Substring(8, 16)
        $shown | Should -Not -Match $hex
    }

    It 'writes a path once in a call, whatever is forced and however it is spelled' {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).key"
        $made = New-Esp32FlashKey $file, $file, $file.ToUpperInvariant().Replace($TestDrive.ToUpperInvariant(), $TestDrive) -Force -ErrorVariable failures -ErrorAction SilentlyContinue
        @($made).Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        @($failures).Count | Should -Be 2
        (New-Esp32FlashKey "$file.2").Length | Should -Be 32
    }

    It 'tells a missing folder as such, and names no file of its own' {
        $failure = { New-Esp32FlashKey (Join-Path $TestDrive 'no/where.key') } | Should -Throw -ErrorId 'FolderNotFound,*' -PassThru
        "$failure" | Should -BeLike "*there is no folder '*no'*"
        ($failure | Format-List * -Force | Out-String -Width 500) | Should -Not -Match '\.part'
    }
}
