# Text of devices, files and names may hold what a terminal obeys. It stays true in the objects, and is seen as escapes.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $evil = "$([char] 27)]0;owned$([char] 7)$([char] 0x202E)x"
    $seen = '\x1B]0;owned\x07\u202Ex'

    # What a view shows, without the colours of PowerShell itself.
    function Show($Object) {
        ($Object | Out-String -Width 400) -replace '\x1B\[[0-9;]*m'
    }

    function Assert-Shown($Text) {
        $Text | Should -BeLike "*$([WildcardPattern]::Escape($seen))*"
        $Text.Contains([char] 27) | Should -BeFalse
        $Text.Contains([char] 7) | Should -BeFalse
        $Text.Contains([char] 0x202E) | Should -BeFalse
    }
}

Describe 'Text that a terminal would obey' {
    It 'is shown as escapes in NVS values, and the value is true' {
        $entry = New-Esp32Nvs -Value @{ a = @{ s = $evil } } -Size 24KB | Get-Esp32Nvs
        $entry.Value | Should -BeExactly $evil
        Assert-Shown (Show $entry)
    }

    It 'is shown as escapes in the output of a chip, and the line is true' {
        New-TestFirmware -Folder $TestDrive
        $port = New-TestChip esp32 @{ ApplicationOutput = $evil, 'ready' }
        try {
            $null = Write-Esp32Flash @{ 0x1000 = "$TestDrive/bootloader.bin"; 0x8000 = "$TestDrive/partition-table.bin"; 0x10000 = "$TestDrive/app.bin" } -Device $port
            $line = Watch-Esp32Output $port -Reset -Until ready -Timeout 10 | Where-Object Text -Match 'owned'
            $line.Text | Should -BeExactly $evil
            Assert-Shown (Show $line)
            $failure = { Watch-Esp32Output $port -Reset -Until ready -FailOn owned -Timeout 10 } | Should -Throw -ErrorId 'OutputFailed,*' -PassThru
            Assert-Shown $failure.Exception.Message
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'is shown as escapes in descriptions of applications' {
        $payload = [byte[]]::new(5000)
        [byte[]] (ConvertTo-LittleEndian 2882360370 4) | ForEach-Object { $i = 0 } { $payload[$i++] = $_ }
        [System.Text.Encoding]::UTF8.GetBytes($evil).CopyTo($payload, 48)
        $file = Join-Path $TestDrive 'evil.bin'
        [System.IO.File]::WriteAllBytes($file, (New-TestImage -Payload $payload -LoadAddress 0x3F400020))
        $image = Get-Esp32Image -Path $file
        $image.ProjectName | Should -BeExactly $evil
        Assert-Shown (Show ($image | Format-List))

        # The column is narrower than the text.
        $table = Show $image
        $table | Should -Match '\\x1B\]0;owned\\x0'
        $table.Contains([char] 27) | Should -BeFalse
    }

    It 'is shown as escapes in names of partitions' {
        $bytes = New-TestPartitionTable
        [array]::Clear($bytes, 12, 16)
        $label = "$([char] 27)[2J$([char] 7)"
        [System.Text.Encoding]::UTF8.GetBytes($label).CopyTo($bytes, 12)
        $file = Join-Path $TestDrive 'evil-table.bin'
        [System.IO.File]::WriteAllBytes($file, $bytes)
        $partition = (Get-Esp32Partition -Path $file)[0]
        $partition.Name | Should -BeExactly $label
        $text = Show $partition
        $text | Should -Match '\\x1B\[2J\\x07'
        $text.Contains([char] 7) | Should -BeFalse
    }

    It 'is shown as escapes in messages, their targets and questions' {
        $file = Join-Path $TestDrive "none-$evil.bin"
        $failure = { Get-Esp32Image -LiteralPath $file } | Should -Throw -ErrorId 'FileNotFound,*' -PassThru
        Assert-Shown $failure.Exception.Message
        Assert-Shown $failure.CategoryInfo.TargetName
        $failure.TargetObject | Should -BeExactly $file
        $log = Join-Path $TestDrive 'whatif.log'
        $null = Start-Transcript $log
        try { New-Esp32FlashKey (Join-Path $TestDrive "new-$evil.bin") -WhatIf } finally { $null = Stop-Transcript }
        Assert-Shown ((Get-Content $log -Raw) -replace '\x1B\[[0-9;]*m')
    }

    It 'is short where it is long: a cell of a megabyte is not quoted whole' {
        $rows = [pscustomobject] @{ n = 'x' * 1000000 }
        $schema = [pscustomobject] @{ Namespace = 'a'; Key = 'n'; Encoding = 'file'; Type = 'file' }, [pscustomobject] @{ Key = 'n'; Encoding = 'x' * 1000000 }
        $failure = { $rows | New-Esp32FactoryData -Schema $schema[1] -Size 24KB -InMemory } | Should -Throw -PassThru
        "$failure".Length | Should -BeLessThan 3000
        $failure = { New-Esp32Nvs -Value @{ ('k' * 1000000) = @{ s = 1 } } -Size 24KB } | Should -Throw -PassThru
        "$failure".Length | Should -BeLessThan 3000
    }
}
