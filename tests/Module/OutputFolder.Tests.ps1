# Where files go: a folder that is missing is one error in all cmdlets, a destination that ends like a folder is made, and a
# full disk is called one.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $writers = @(
        @{ Name = 'Add-Esp32ImageSignature'; To = { param($to) Add-Esp32ImageSignature app.bin $to -Key key.pem }; TakesFolder = $true }
        @{ Name = 'ConvertTo-Esp32Image'; To = { param($to) ConvertTo-Esp32Image app.elf $to -Chip esp32 }; TakesFolder = $true }
        @{ Name = 'Export-Esp32PublicKey'; To = { param($to) Export-Esp32PublicKey key.pem $to }; TakesFolder = $true }
        @{ Name = 'New-Esp32BootloaderDigest'; To = { param($to) New-Esp32BootloaderDigest bootloader.bin $to -Key key.bin }; TakesFolder = $true }
        @{ Name = 'Protect-Esp32Image'; To = { param($to) Protect-Esp32Image app.bin $to -Key key.bin -Address 0x10000 -Chip esp32 }; TakesFolder = $true }
        @{ Name = 'Unprotect-Esp32Image'; To = { param($to) Unprotect-Esp32Image app.bin $to -Key key.bin -Address 0x10000 -Chip esp32 }; TakesFolder = $true }
        @{ Name = 'Protect-Esp32Nvs'; To = { param($to) Protect-Esp32Nvs nvs.bin -Destination $to -Key ([byte[]] (1..64)) }; TakesFolder = $true }
        @{ Name = 'Unprotect-Esp32Nvs'; To = { param($to) Unprotect-Esp32Nvs closed.bin -Destination $to -Key ([byte[]] (1..64)) }; TakesFolder = $true }
        @{ Name = 'Set-Esp32Nvs'; To = { param($to) Set-Esp32Nvs nvs.bin -Destination $to -Namespace wifi -Name ssid -Value x }; TakesFolder = $true }
        @{ Name = 'New-Esp32Nvs'; To = { param($to) New-Esp32Nvs @{ wifi = @{ ssid = 'x' } } -Size 0x3000 -Destination $to } }
        @{ Name = 'New-Esp32NvsKey'; To = { param($to) New-Esp32NvsKey $to } }
        @{ Name = 'New-Esp32FlashKey'; To = { param($to) New-Esp32FlashKey $to } }
        @{ Name = 'New-Esp32SigningKey'; To = { param($to) New-Esp32SigningKey $to EcdsaP256 } }
        @{ Name = 'ConvertTo-Esp32PartitionTable'; To = { param($to) ConvertTo-Esp32PartitionTable partition-table.bin $to } }
        @{ Name = 'Merge-Esp32Image'; To = { param($to) Merge-Esp32Image @{ 0x1000 = 'bootloader.bin' } $to -Chip esp32 } }
        @{ Name = 'Export-Esp32Efuse'; To = { param($to) Export-Esp32Efuse -Device virtual:esp32 $to } }
        @{ Name = 'Read-Esp32Flash'; To = { param($to) Read-Esp32Flash -Device virtual:esp32 0 0x1000 -Path $to } }
        @{ Name = 'Read-Esp32Memory'; To = { param($to) Read-Esp32Memory -Device virtual:esp32 0x3FF40000 -Path $to } }
        @{ Name = 'Connect-Esp32Device'; To = { param($to) Connect-Esp32Device virtual:esp32 -TraceFile $to } }
        @{ Name = 'Connect-Esp32Device -LogPath'; To = { param($to) Connect-Esp32Device virtual:esp32 -LogPath $to } }
    )

    # These have a folder for their files, which they make; the last one wants it made by whoever decides who may read it.
    $ofFolders = 'Export-Esp32Partition', 'New-Esp32FactoryData', 'Enable-Esp32FlashEncryption'
    $takers = foreach ($command in Get-Command -Module Esp32Tools) {
        # Traces and logs are the same mechanism in all cmdlets: the two rows of Connect-Esp32Device stand for them.
        if ($command.Parameters.Keys | Where-Object { $_ -in 'Destination', 'KeyDestination' }) {
            @{ Name = $command.Name; HasRow = $command.Name -in $writers.Name + $ofFolders }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $work = Join-Path $TestDrive 'work'
    $null = New-TestFirmware -Folder $work
    Push-Location $work
    [System.IO.File]::WriteAllBytes("$work/app.elf", (New-TestElf))
    $null = New-Esp32SigningKey key.pem Rsa3072
    $null = New-Esp32Nvs @{ wifi = @{ ssid = 'factory' } } -Size 0x3000 -Destination nvs.bin
    $null = Protect-Esp32Nvs nvs.bin -Destination closed.bin -Key ([byte[]] (1..64))
}

AfterAll { Pop-Location }

Describe 'A cmdlet that writes files' {
    It '<Name> is among those below' -ForEach $takers {
        $HasRow | Should -BeTrue
    }

    It 'names the folder that is missing, and no file of its own: <Name>' -ForEach $writers {
        $failure = { & $To 'none/x.out' } | Should -Throw -ErrorId 'FolderNotFound,*' -PassThru
        "$failure" | Should -BeLike "*there is no folder '*none'*"
        "$failure $($failure.Exception.InnerException)" | Should -Not -BeLike '*.part*'
        $failure.CategoryInfo.Category | Should -Be ObjectNotFound
        Test-Path none | Should -BeFalse
    }

    It 'makes the folder that a destination ends like: <Name>' -ForEach ($writers | Where-Object { $_.ContainsKey('TakesFolder') }) {
        $null = & $To 'made/in/'
        @(Get-ChildItem made/in).Count | Should -Be 1
        Remove-Item made -Recurse
    }
}

Describe 'A disk that takes no files' {
    It 'is told with the reason of the system' -ForEach @{ Writers = $writers } {
        $disk = Join-Path $TestDrive 'fixed'
        $null = New-Item -ItemType Directory $disk
        if ($IsLinux) { & mount -t tmpfs -o ro tmpfs $disk 2> $null }
        if (-not $IsLinux -or $LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because 'no read-only disk can be mounted here'
            return
        }

        try {
            foreach ($writer in $writers) {
                $failure = { & $writer.To "$disk/x.out" } | Should -Throw -ErrorId 'FileAccess,*' -PassThru -Because $writer.Name
                "$failure" | Should -BeLike '*ead-only file system*' -Because $writer.Name
                if ($writer.ContainsKey('TakesFolder')) {
                    $failure = { & $writer.To "$disk/new/" } | Should -Throw -ErrorId 'FileAccess,*' -PassThru -Because $writer.Name
                    "$failure" | Should -BeLike '*ead-only file system*' -Because $writer.Name
                }
            }
        }
        finally {
            & umount $disk
        }
    }
}

Describe 'A full disk' {
    It 'is called one, and keeps no part of a file' {
        $disk = Join-Path $TestDrive 'full'
        $null = New-Item -ItemType Directory $disk
        if ($IsLinux) { & mount -t tmpfs -o size=16k tmpfs $disk 2> $null }
        if (-not $IsLinux -or $LASTEXITCODE -ne 0) {
            Set-ItResult -Skipped -Because 'no small disk can be mounted here'
            return
        }

        try {
            foreach ($write in { Read-Esp32Flash -Device virtual:esp32 0 0x10000 -Path "$disk/x" }, { Add-Esp32ImageSignature app.bin "$disk/new/" -Key key.pem }, { Protect-Esp32Image app.bin $disk -Key key.bin -Address 0 -Chip esp32 }) {
                $failure = $write | Should -Throw -ErrorId 'FileAccess,*' -PassThru
                "$failure" | Should -BeLike "'*' cannot be written: The disk is full."
                $failure.ErrorDetails.RecommendedAction | Should -BeLike 'Make room*'
            }

            Get-ChildItem $disk -Recurse -File -Force | Should -BeNullOrEmpty
        }
        finally {
            & umount $disk
        }
    }
}
