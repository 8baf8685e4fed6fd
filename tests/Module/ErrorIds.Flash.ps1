# Failures of the pages about ports, sessions, flash, memory and images: see ErrorIds.Tests.ps1.

Row Connect-Esp32Device ChipMismatch esp32 { Connect-Esp32Device $port -Chip esp32c3 }
Row Connect-Esp32Device ChipUnknown esp32 { Connect-Esp32Device $port -Chip esp99 }
Row Connect-Esp32Device FileAccess esp32 { Connect-Esp32Device $port -TraceFile . }
Row Connect-Esp32Device BaudRateChangeFailed esp32 { Connect-Esp32Device $port -BaudRate 921600 } @{ Fault = 'refuse@CHANGE_BAUDRATE=0x05*' }
Row Connect-Esp32Device GarbledAnswer esp32 { Connect-Esp32Device $port -ConnectAttempts 1 } @{ Fault = 'corrupt@tohost:1*' }
Row Connect-Esp32Device NoAnswer esp32 { Connect-Esp32Device $port -ConnectAttempts 1 } @{ Fault = 'drop@tochip:1*' }
Row Connect-Esp32Device NotAnEspressifChip esp32 { Connect-Esp32Device $port -ConnectAttempts 1 } @{ Fault = 'drop@tochip:1*; drop@tohost:7*' }
Row Connect-Esp32Device PortInUse esp32 { $dev = Connect-Esp32Device $port; try { Connect-Esp32Device $port } finally { $dev | Disconnect-Esp32Device } }
Row Connect-Esp32Device PortNotFound '' { Connect-Esp32Device virtual:nobody }
Row Connect-Esp32Device ResetSequenceInvalid esp32 { Connect-Esp32Device $port -ResetSequence 'D0|X1' }
Row Connect-Esp32Device StubStartFailed esp32 {
    # The last byte that a connection receives is that of the greeting of the stub; this finds its number.
    $last, $most = 0, 4096
    while ($most - $last -gt 1) {
        $middle = ($last + $most) -shr 1
        (Get-Esp32Simulator $port).Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse("unplug@tohost:$middle=replug"))
        try { Connect-Esp32Device $port -BaudRate 115200 | Disconnect-Esp32Device -After NoReset; $most = $middle } catch { $last = $middle }
    }

    (Get-Esp32Simulator $port).Arm([Esp32Tools.Simulator.Faults.FaultPlan]::Parse("corrupt@tohost:$($last - 2)*2"))
    Connect-Esp32Device $port -BaudRate 115200
}
Row Connect-Esp32Device WrongBootMode esp32 { Connect-Esp32Device $port -ConnectAttempts 1 } @{ ResetWiring = 'ResetOnly' }
Row Disconnect-Esp32Device SessionClosed '' { Disconnect-Esp32Device virtual:nobody }
Row Disconnect-Esp32Device PortInUse esp32 { Use-TestSessionElsewhere $port { Disconnect-Esp32Device $port -ErrorAction Stop } }
Row Get-Esp32Session SessionClosed '' { Get-Esp32Session virtual:nobody }
Row Disconnect-Esp32Device ChipUnsupported esp32 { $dev = Connect-Esp32Device $port -NoStub; try { Disconnect-Esp32Device $dev -After StayInStub } finally { $dev.Dispose() } }
Row Get-Esp32Port PortWaitTimeout '' { Get-Esp32Port -Wait -VendorId 0xFFFF -Timeout 0.2 }
Row Restart-Esp32Device PortUnsupported esp32 { Restart-Esp32Device (Start-Esp32SimulatorServer $port -Protocol Socket).PortName }
Row Watch-Esp32Output OutputFailed esp32 { Watch-Esp32Output $port -Reset -FailOn 'invalid header' -Timeout 5 }
Row Watch-Esp32Output PatternTimeout esp32 { Watch-Esp32Output $port -Reset -Until '^(.|..|.+)+~$' -Timeout 5 }
Row Watch-Esp32Output OutputTimeout esp32 { Watch-Esp32Output $port -Reset -Until never -Timeout 0.5 }
Row Watch-Esp32Output OutputFailed esp32 { Watch-Esp32Output $port -Reset -FailOn ets -Timeout 5 }
Row Watch-Esp32Output SettingsConflict esp32 { Watch-Esp32Output $port -KeepSession -Timeout 0.5 }

Row Clear-Esp32Flash BeyondFlash esp32 { Clear-Esp32Flash -Device $port 0x3FF000 8KB }
Row Clear-Esp32Flash Misaligned esp32 { Clear-Esp32Flash -Device $port 0x1001 4KB }
Row Clear-Esp32Flash FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Clear-Esp32Flash -Device $port 0 4KB }
Row Clear-Esp32Flash SecureBootProtected esp32 { Set-Esp32Efuse -Device $port @{ ABS_DONE_1 = 1 }; Clear-Esp32Flash -Device $port 0 4KB }
Row Get-Esp32FlashChip SecureDownloadMode esp32c3 { Close-TestLoader $port; Get-Esp32FlashChip $port }
Row Get-Esp32FlashHash BeyondFlash esp32 { Get-Esp32FlashHash -Device $port 0x3FF000 8KB }
Row Read-Esp32Flash BeyondFlash esp32 { Read-Esp32Flash -Device $port 0x3FF000 8KB }
Row Read-Esp32Flash FileExists esp32 { Read-Esp32Flash -Device $port 0x1000 16 -Path app.bin }
Row Read-Esp32Flash FlashReadFailed esp32 { Read-Esp32Flash -Device $port 0x1000 16 } @{ Fault = 'wrong@digest:1*' }
Row Read-Esp32Flash SecureDownloadMode esp32c3 { Close-TestLoader $port; Read-Esp32Flash -Device $port 0x1000 16 }
Row Set-Esp32FlashStatus VerifyFailed esp32 { Set-Esp32FlashStatus -Device $port 0x0800; Set-Esp32FlashStatus -Device $port 0 -RegisterCount 2 }
Row Test-Esp32Flash FlashEncrypted esp32 { [pscustomobject] @{ Address = 0x10000; Path = 'app.bin'; Encrypt = $true } | Test-Esp32Flash -Device $port }

Row Read-Esp32Memory AddressUnmapped esp32 { Read-Esp32Memory -Device $port 0x100 }
Row Read-Esp32Memory FileExists esp32 { Read-Esp32Memory -Device $port 0x40001000 8 -Path app.bin -Force AddressUnmapped }
Row Read-Esp32Memory SecureDownloadMode esp32c3 { Close-TestLoader $port; Read-Esp32Memory -Device $port 0x40001000 }
Row Write-Esp32Memory AddressUnmapped esp32c3 { Write-Esp32Memory -Device $port 0x20000000 1 }
Row Write-Esp32Memory EfuseRegisters esp32c3 { Write-Esp32Memory -Device $port 0x60008800 1 }
Row Write-Esp32Memory Misaligned esp32c3 { Write-Esp32Memory -Device $port 0x60002059 1 }
Row Write-Esp32Memory RamInUse esp32c3 { Write-Esp32Memory -Device $port 0x40380000 1 }
Row Write-Esp32Memory VerifyFailed esp32c3 { Write-Esp32Memory -Device $port 0x60000000 1 -Verify }

Row Write-Esp32Flash BeyondFlash esp32 { Write-Esp32Flash -Device $port @{ 0x3FF000 = 'app.bin' } }
Row Write-Esp32Flash ChipMismatch esp32 {
    # Another chip stands behind the same port when the second image is written.
    $server = Start-Esp32SimulatorServer $port -Protocol Rfc2217
    $dev = Connect-Esp32Device $server.PortName
    try {
        Write-Esp32Flash -Device $dev @{ 0x10000 = 'app.bin'; 0x20000 = 'app.bin' } | ForEach-Object {
            Remove-Esp32Simulator $port
            $null = New-Esp32Simulator esp32c3 -Name ($port -replace 'virtual:')
            Start-Esp32SimulatorServer $port -Protocol Rfc2217 -TcpPort ([uri] $server.PortName).Port
        }
    }
    finally {
        $dev.Dispose()
    }
}
Row Write-Esp32Flash FileNotFound esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = 'missing.bin' } }
Row Write-Esp32Flash FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } }
Row Write-Esp32Flash FlashKeyMissing esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } -Encrypt }
Row Write-Esp32Flash DownloadEncryptDisabled esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Set-Esp32Efuse -Device $port @{ DISABLE_DL_ENCRYPT = 1 }; Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } -Encrypt }
Row Write-Esp32Flash FlashCryptConfig esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } -Encrypt }
Row Write-Esp32Flash FlashSizeBelowTable esp32 { Write-Esp32Flash -Device $port @{ 0x1000 = 'bootloader.bin'; 0x8000 = ('a,app,factory,0x10000,5M' | ConvertTo-Esp32PartitionTable) } } @{ FlashSize = 8MB }
Row Write-Esp32Flash FlashSizeClaim esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } -FlashSize 16MB }
Row Write-Esp32Flash FlashWriteFailed esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } } @{ Fault = 'refuse@FLASH_DEFL_DATA:1=0x06*' }
Row Write-Esp32Flash ImageEmpty esp32 { [System.IO.File]::WriteAllBytes("$PWD/empty.bin", [byte[]]::new(0)); Write-Esp32Flash -Device $port @{ 0x10000 = 'empty.bin' } }
Row Write-Esp32Flash ImageForOtherChip esp32c3 { Write-Esp32Flash -Device $port @{ 0x0 = 'bootloader.bin' } }
Row Write-Esp32Flash ImageInvalid esp32 { $bad = [System.IO.File]::ReadAllBytes("$PWD/app.bin"); $bad[500] = $bad[500] -bxor 1; Write-Esp32Flash -Device $port @{ 0x10000 = $bad } }
Row Write-Esp32Flash ImageMisplaced esp32 { Write-Esp32Flash -Device $port @{ 0x10004 = 'app.bin' } }
Row Write-Esp32Flash ImageRevision esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = $future } }
Row Write-Esp32Flash ImageTruncated esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = [byte[]] ([System.IO.File]::ReadAllBytes("$PWD/app.bin")[0..9999]) } }
Row Write-Esp32Flash ImagesOverlap esp32 { Write-Esp32Flash -Device $port @{ 0x1000 = 'bootloader.bin'; 0x2000 = 'app.bin' } }
Row Write-Esp32Flash KeyRecoveryArea esp32c5 { Set-Esp32Efuse -Device $port @{ FORCE_USE_KEY_MANAGER_KEY = 2; SPI_BOOT_CRYPT_CNT = 1 } -Force EncryptionWithoutKey; Write-Esp32Flash -Device $port @{ 0x1000 = [byte[]] (1..16) } -Force FlashEncrypted }
Row Write-Esp32Flash Misaligned esp32 { Write-Esp32EfuseKey -Device $port FlashEncryption key.bin; Set-Esp32Efuse -Device $port @{ FLASH_CRYPT_CONFIG = 15 }; Write-Esp32Flash -Device $port @{ 0x10010 = [byte[]] (1..32) } -Encrypt }
Row Write-Esp32Flash NotAnImage esp32 { Write-Esp32Flash -Device $port @{ 0x1000 = [System.Text.Encoding]::UTF8.GetBytes('<html>Not found</html>') } }
Row Write-Esp32Flash PartitionContent esp32 { Write-Esp32Flash -Device $port @{ 0x8000 = 'partition-table.bin'; 0x9000 = 'app.bin' } }
Row Write-Esp32Flash PartitionsBeyondFlash esp32 { Write-Esp32Flash -Device $port @{ 0x8000 = 'partition-table.bin' } } @{ FlashSize = 1MB }
Row Write-Esp32Flash PartitionTableInvalid esp32 { Write-Esp32Flash -Device $port @{ 0x8000 = $damaged } }
Row Write-Esp32Flash PartitionTableMissing esp32 { Write-Esp32Flash -Device $port @{ 0x8000 = [System.Text.Encoding]::UTF8.GetBytes("nvs, data, nvs, 0x9000, 24K`n") } }
Row Write-Esp32Flash SecureBootProtected esp32 { Set-Esp32Efuse -Device $port @{ ABS_DONE_1 = 1 }; Write-Esp32Flash -Device $port @{ 0x1000 = 'signed.bin' } }
Row Write-Esp32Flash SecureDownloadMode esp32c3 { Close-TestLoader $port; Write-Esp32Flash -Device $port @{ 0x10000 = [byte[]] (1..16) } }
Row Write-Esp32Flash SettingsConflict esp32 { Merge-Esp32Image @{ 0x1000 = 'bootloader.bin' } all.hex -Chip esp32 -Format IntelHex; Write-Esp32Flash -Device $port @{ 0x5000 = 'all.hex' } }
Row Write-Esp32Flash PartitionTooSmall esp32 { Write-Esp32Flash -Device $port @{ 0x8000 = 'partition-table.bin'; 0x10000 = (New-TestImage -Length 0x110000 -IsApplication) } }
Row Write-Esp32Flash VerifyFailed esp32 { Write-Esp32Flash -Device $port @{ 0x10000 = 'app.bin' } } @{ Fault = 'spoil@write:1*' }

Row ConvertTo-Esp32Image DigestPlaceTaken '' { [System.IO.File]::WriteAllBytes("$PWD/app.elf", (New-TestElf)); ConvertTo-Esp32Image app.elf -Chip esp32 -ElfHashOffset 0x20 }
Row ConvertTo-Esp32Image ElfInvalid '' { ConvertTo-Esp32Image app.bin -Chip esp32 }
Row ConvertTo-Esp32Image ElfForOtherMachine '' { $elf = New-TestElf; $elf[18] = 3; [System.IO.File]::WriteAllBytes("$PWD/app.elf", $elf); ConvertTo-Esp32Image app.elf out.bin -Chip esp32 }
Row ConvertTo-Esp32Image ElfTruncated '' { [System.IO.File]::WriteAllBytes("$PWD/app.elf", [byte[]] (New-TestElf)[0..9000]); ConvertTo-Esp32Image app.elf -Chip esp32 }
Row ConvertTo-Esp32Image SegmentLimit '' { [System.IO.File]::WriteAllBytes("$PWD/app.elf", (New-TestElf -RamProgram ([byte[]]::new(16MB)))); ConvertTo-Esp32Image app.elf -Chip esp32 }
Row ConvertTo-Esp32Image SegmentsShareFlashPage '' {
    # The section .dram0.data, third from the end, goes into the flash page of the description.
    $elf = New-TestElf
    [byte[]] (0x00, 0x40, 0x40, 0x3F) | ForEach-Object { $i = $elf.Length - 3 * 40 + 12 } { $elf[$i++] = $_ }
    [System.IO.File]::WriteAllBytes("$PWD/app.elf", $elf)
    ConvertTo-Esp32Image app.elf -Chip esp32
}
Row Get-Esp32Image ImageEmpty '' { [System.IO.File]::WriteAllBytes("$PWD/empty.bin", [byte[]]::new(0)); Get-Esp32Image -Path empty.bin }
Row Get-Esp32Image ImageInvalid '' { Get-Esp32Image -Path partition-table.bin }
Row Get-Esp32Image ImageTruncated '' { [System.IO.File]::WriteAllBytes("$PWD/cut.bin", [byte[]] ([System.IO.File]::ReadAllBytes("$PWD/app.bin")[0..9])); Get-Esp32Image -Path cut.bin }

Row Merge-Esp32Image ImageBelowOffset '' { Merge-Esp32Image @{ 0x8000 = 'partition-table.bin' } all.bin -Chip esp32 -TargetOffset 0x9000 }
Row Merge-Esp32Image FlashSizeBelowTable '' { Merge-Esp32Image @{ 0x1000 = 'bootloader.bin'; 0x8000 = ('a,app,factory,0x10000,5M' | ConvertTo-Esp32PartitionTable) } all.bin -Chip esp32 }
Row Merge-Esp32Image ImageForOtherChip '' { Merge-Esp32Image @{ 0x0 = 'bootloader.bin' } all.bin -Chip esp32c3 }
Row Merge-Esp32Image ImageInvalid '' { $bad = [System.IO.File]::ReadAllBytes("$PWD/app.bin"); $bad[500] = $bad[500] -bxor 1; Merge-Esp32Image @{ 0x10000 = $bad } all.bin -Chip esp32 }
Row Merge-Esp32Image ImageMisplaced '' { Merge-Esp32Image @{ 0x10004 = 'app.bin' } all.bin -Chip esp32 }
Row Merge-Esp32Image ImageTruncated '' { Merge-Esp32Image @{ 0x10000 = [byte[]] ([System.IO.File]::ReadAllBytes("$PWD/app.bin")[0..9999]) } all.bin -Chip esp32 }
Row Merge-Esp32Image ImagesOverlap '' { Merge-Esp32Image @{ 0x8000 = 'partition-table.bin'; 0x8100 = 'app.bin' } all.bin -Chip esp32 }
Row Merge-Esp32Image NotAnImage '' { Merge-Esp32Image @{ 0x1000 = [System.Text.Encoding]::UTF8.GetBytes('<html>Not found</html>') } all.bin -Chip esp32 }
Row Merge-Esp32Image PartitionTooSmall '' { Merge-Esp32Image @{ 0x8000 = 'partition-table.bin'; 0x10000 = (New-TestImage -Length 0x110000 -IsApplication) } all.bin -Chip esp32 }
Row Merge-Esp32Image PartitionContent '' { Merge-Esp32Image @{ 0x8000 = 'partition-table.bin'; 0x9000 = 'app.bin' } all.bin -Chip esp32 }
Row Merge-Esp32Image PartitionTableInvalid '' { Merge-Esp32Image @{ 0x8000 = $damaged } all.bin -Chip esp32 }
Row Merge-Esp32Image PartitionTableMissing '' { Merge-Esp32Image @{ 0x8000 = [System.Text.Encoding]::UTF8.GetBytes("nvs, data, nvs, 0x9000, 24K`n") } all.bin -Chip esp32 }

Row Invoke-Esp32RamImage ImageForOtherChip esp32 { Invoke-Esp32RamImage -Device $port bootloader-c3.bin }
Row Invoke-Esp32RamImage ImageNotForRam esp32 { [System.IO.File]::WriteAllBytes("$PWD/flash.bin", (New-TestImage -LoadAddress 0x400D0020)); Invoke-Esp32RamImage -Device $port flash.bin }
Row Invoke-Esp32RamImage ImageInvalid esp32 { Invoke-Esp32RamImage -Device $port partition-table.bin }
Row Invoke-Esp32RamImage ImageRevision esp32 { [System.IO.File]::WriteAllBytes("$PWD/ram.bin", (New-TestRamImage -MinRevision 900)); Invoke-Esp32RamImage -Device $port ram.bin }
Row Invoke-Esp32RamImage OutputFailed esp32 { [System.IO.File]::WriteAllBytes("$PWD/ram.bin", (New-TestRamImage)); Invoke-Esp32RamImage -Device $port ram.bin -FailOn PASS -Timeout 5 }
Row Invoke-Esp32RamImage OutputTimeout esp32 { [System.IO.File]::WriteAllBytes("$PWD/ram.bin", (New-TestRamImage)); Invoke-Esp32RamImage -Device $port ram.bin -Until never -Timeout 0.2 }
Row Invoke-Esp32RamImage RamInUse esp32c3 {
    [System.IO.File]::WriteAllBytes("$PWD/ram.bin", (New-TestRamImage -ChipId 5 -Address 0x40380000))
    $dev = Connect-Esp32Device $port
    try { Invoke-Esp32RamImage -Device $dev ram.bin } finally { $dev.Dispose() }
}

Row New-Esp32Simulator ChipUnsupported '' { New-Esp32Simulator esp32 -Name never -UsbOtg }
Row New-Esp32Simulator FaultPlanInvalid '' { New-Esp32Simulator esp32 -Name never -Fault explode }
Row New-Esp32Simulator PortLost esp32 {
    $dev = Connect-Esp32Device $port
    (Get-Esp32Simulator $port).Unplug()
    try { Get-Esp32FlashHash -Device $dev 0 4KB } finally { $dev.Dispose() }
} -By Get-Esp32FlashHash
Row New-Esp32Simulator PortNotFound esp32 { (Get-Esp32Simulator $port).Unplug(); Get-Esp32Device $port } -By Get-Esp32Device
Row New-Esp32Simulator SettingsConflict '' { New-Esp32Simulator esp32 -Name never -BridgeLatency 16 }
Row New-Esp32Simulator SimulatorExists esp32 { New-Esp32Simulator esp32 -Name ($port -replace 'virtual:') }
Row New-Esp32Simulator SimulatorStateInvalid '' { $null = New-Item other/thesis.txt -Force; New-Esp32Simulator esp32 -Name never -StatePath other }
Row New-Esp32Simulator ValueInvalid '' { New-Esp32Simulator esp32 -Name never -CrystalMHz 27 }
Row Get-Esp32Simulator SimulatorNotFound '' { Get-Esp32Simulator nobody }
Row Remove-Esp32Simulator SimulatorNotFound '' { Remove-Esp32Simulator nobody }
Row Start-Esp32SimulatorServer SimulatorNotFound '' { Start-Esp32SimulatorServer nobody }
Row Start-Esp32SimulatorServer PortInUse esp32 { Start-Esp32SimulatorServer $port -TcpPort ([uri] (Start-Esp32SimulatorServer $port).PortName).Port }
Row Start-Esp32SimulatorServer PortUnsupported esp32 { Start-Esp32SimulatorServer $port -Address 203.0.113.1 }
