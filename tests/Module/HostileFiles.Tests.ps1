# Files that have no end, that cost far more than they are long, or that another program holds.
BeforeDiscovery {
    $readers = @(
        @{ Name = 'Get-Esp32Image'; Script = { param($path) Get-Esp32Image -Path $path } }
        @{ Name = 'ConvertTo-Esp32Image'; Script = { param($path) ConvertTo-Esp32Image $path -Chip esp32 -Destination "$TestDrive/x.bin" } }
        @{ Name = 'Merge-Esp32Image'; Script = { param($path) Merge-Esp32Image @{ 0x1000 = $path } -Chip esp32 -Destination "$TestDrive/x.bin" } }
        @{ Name = 'Merge-Esp32Image of a list'; Script = { param($path) Merge-Esp32Image "@$path" -Chip esp32 -Destination "$TestDrive/x.bin" } }
        @{ Name = 'Write-Esp32Flash'; Script = { param($path) Write-Esp32Flash @{ 0x1000 = $path } -Device $port } }
        @{ Name = 'Get-Esp32Nvs'; Script = { param($path) Get-Esp32Nvs $path } }
        @{ Name = 'New-Esp32Nvs'; Script = { param($path) New-Esp32Nvs $path -Size 24KB } }
        @{ Name = 'New-Esp32FactoryData'; Script = { param($path) New-Esp32FactoryData $path -Schema $schema -Size 24KB -InMemory } }
        @{ Name = 'New-Esp32FactoryData by its schema'; Script = { param($path) New-Esp32FactoryData $table -Schema $path -Size 24KB -InMemory } }
        @{ Name = 'Get-Esp32Partition'; Script = { param($path) Get-Esp32Partition -Path $path } }
        @{ Name = 'ConvertFrom-Esp32PartitionTable'; Script = { param($path) ConvertFrom-Esp32PartitionTable $path } }
        @{ Name = 'Get-Esp32OtaSlot'; Script = { param($path) Get-Esp32OtaSlot -Path $path -PartitionTable $partitions } }
        @{ Name = 'Get-Esp32Efuse'; Script = { param($path) Get-Esp32Efuse -Path $path -Chip esp32 } }
        @{ Name = 'Protect-Esp32Image'; Script = { param($path) Protect-Esp32Image $path -Key $key -Address 0 -Chip esp32 -Destination "$TestDrive/x.bin" } }
        @{ Name = 'Protect-Esp32Image by its key'; Script = { param($path) Protect-Esp32Image $image -Key $path -Address 0 -Chip esp32 -Destination "$TestDrive/x.bin" } }
        @{ Name = 'Get-Esp32KeyDigest'; Script = { param($path) Get-Esp32KeyDigest $path } }
        @{ Name = 'Get-Esp32ImageSignature'; Script = { param($path) Get-Esp32ImageSignature $path } }
        @{ Name = 'New-Esp32Simulator'; Script = { param($path) New-Esp32Simulator -Chip esp32 -Name none -EfusePath $path } }
    )
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    New-TestFirmware -Folder $TestDrive
    $image = "$TestDrive/app.bin"
    $key = "$TestDrive/key.bin"
    $table = "$TestDrive/table.csv"
    $schema = "$TestDrive/schema.csv"
    Set-Content $table 's', 'x'
    Set-Content $schema 'dev,namespace,', 's,data,string'
    $partitions = 'otadata,data,ota,,8K', 'app0,app,ota_0,0x10000,512K' | ConvertTo-Esp32PartitionTable
    $port = New-TestChip esp32
    $pipe = "$TestDrive/pipe"
    if (Test-Path /dev/zero) {
        & mkfifo $pipe
    }
}

AfterAll {
    Remove-Esp32Simulator $port
}

Describe 'A device or a pipe in the place of a file' {
    It 'is refused at once: <Name>' -ForEach $readers {
        if (-not (Test-Path $pipe)) { Set-ItResult -Skipped -Because 'this system has no named pipes'; return }

        foreach ($path in '/dev/zero', $pipe) {
            { & $Script $path } | Should -Throw -ErrorId 'FileAccess,*'
        }
    }
}

Describe 'A file that a program holds' {
    It 'is an error with the reason of the system: <Name>' -ForEach $readers {
        $path = (New-Item "$TestDrive/$([guid]::NewGuid()).csv" -Value 'held').FullName
        $holder = [System.IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
        try {
            $failure = { & $Script $path } | Should -Throw -ErrorId 'FileAccess,*' -PassThru
            $failure.Exception.InnerException | Should -BeOfType System.IO.IOException
            "$failure" | Should -BeLike "*$($failure.Exception.InnerException.Message)"
        }
        finally {
            $holder.Dispose()
        }
    }
}

Describe 'A small thing with a large cost' {
    It 'is refused: an NVS partition that no flash can hold' {
        { New-Esp32Nvs -Value @{ a = @{ b = 1 } } -Size 512MB } | Should -Throw -ErrorId 'ValueInvalid,*'
        { New-Esp32Nvs -Value @{ a = @{ b = 1 } } -Size 4095MB } | Should -Throw -ErrorId 'ValueInvalid,*'
    }

    It 'is refused: a pattern of a schema that does not come to an end, with its row' {
        $rules = [pscustomobject] @{ Namespace = 'dev'; Key = 's'; Encoding = 'string'; Pattern = '^(a|aa|a+)+$' }
        $rows = [pscustomobject] @{ s = 'aaa' }, [pscustomobject] @{ s = 'a' * 60 + '!' }
        $failure = { $rows | New-Esp32FactoryData -Schema $rules -Size 24KB -InMemory } | Should -Throw -ErrorId 'PatternTimeout,*' -PassThru
        "$failure" | Should -BeLike "Row 2, column 's': *"
    }

    It 'is refused: a pattern of a watch that does not come to an end' {
        $chip = New-TestChip esp32 @{ ApplicationOutput = ('a' * 60 + '!'), 'ready' }
        try {
            $null = Write-Esp32Flash @{ 0x1000 = "$TestDrive/bootloader.bin"; 0x8000 = "$TestDrive/partition-table.bin"; 0x10000 = $image } -Device $chip
            $failure = { Watch-Esp32Output $chip -Reset -Until '^(a|aa|a+)+$' -Timeout 10 } | Should -Throw -ErrorId 'PatternTimeout,*' -PassThru
            "$failure" | Should -BeLike '*aaaaa!*'
        }
        finally {
            Remove-Esp32Simulator $chip
        }
    }

    It 'is refused: a length that no flash has' {
        { Read-Esp32Flash -Device $port 0 2GB } | Should -Throw -ErrorId '*'
        { Read-Esp32Flash -Device $port 0 1GB } | Should -Throw -ErrorId 'BeyondFlash,*'
    }
}
