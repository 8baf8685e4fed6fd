# Failures of the pages about partitions, applications in slots, NVS and factory data: see ErrorIds.Tests.ps1.

Row Clear-Esp32Partition FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Clear-Esp32Partition factory -Device $port -Key key.bin }
Row Clear-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Clear-Esp32Partition nothing -Device $port }
Row Clear-Esp32Partition PartitionReadOnly esp32 { Set-TestFlash $port 0x8000 (Edit-TestBytes $table @{ 28 = 2 }); Clear-Esp32Partition nvs -Device $port }
Row Clear-Esp32Partition SecureBootProtected esp32 {
    # The last entry of the table becomes the bootloader.
    Set-TestFlash $port 0x8000 (Edit-TestBytes $table @{ 98 = 2; 99 = 0; 101 = 0x10; 102 = 0; 105 = 0x70; 106 = 0 })
    Set-Esp32Efuse -Device $port @{ ABS_DONE_1 = 1 }
    Clear-Esp32Partition storage -Device $port
}
Row ConvertFrom-Esp32PartitionTable PartitionTableMissing '' { , [byte[]]::new(3072) | ConvertFrom-Esp32PartitionTable }
Row ConvertFrom-Esp32PartitionTable PartitionTableInvalid '' { 'a,app,factory,,4M' | ConvertTo-Esp32PartitionTable -Destination bad.bin; $bytes = [System.IO.File]::ReadAllBytes("$PWD/bad.bin"); $bytes[4] = 1; , $bytes | ConvertFrom-Esp32PartitionTable }
Row ConvertTo-Esp32PartitionTable PartitionTableInvalid '' { 'a,app,factory,,4M' | ConvertTo-Esp32PartitionTable -FlashSize 4MB }
Row Export-Esp32Partition FileExists esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Destination .; Export-Esp32Partition -Device $port -Destination . }
Row Export-Esp32Partition KeyLength esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Key app.bin -Destination . }
Row Export-Esp32Partition PartitionNotFound esp32 { Get-Esp32Partition -Path partition-table.bin | Export-Esp32Partition -Destination . }
Row Get-Esp32Partition FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Get-Esp32Partition $port }
Row Get-Esp32Partition PartitionTableInvalid '' { Get-Esp32Partition -Data $damaged }
Row Get-Esp32Partition PartitionTableMissing esp32 { Get-Esp32Partition $port }
Row Import-Esp32Partition FileNotFound esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage missing.bin -Device $port }
Row Import-Esp32Partition ImageForOtherChip esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition factory -Data (New-TestImage -ChipId 5 -IsApplication) -Device $port }
Row Import-Esp32Partition ImageMisplaced esp32 { Set-TestFlash $port 0x8000 (Edit-TestBytes $table @{ 102 = 0; 105 = 0x80; 106 = 0 }); Import-Esp32Partition storage bootloader.bin -Device $port }
Row Import-Esp32Partition ImageRevision esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition factory -Data $future -Device $port }
Row Import-Esp32Partition ManifestForOtherUnit esp32 {
    Set-TestFlash $port 0x8000 $slots
    Export-Esp32Partition -Device $port -Destination backup -Manifest
    (Get-Content backup/manifest.json) -replace '"mac": *"..:', '"mac": "02:' | Set-Content backup/manifest.json
    Import-Esp32Partition -Device $port -Manifest backup
}
Row Import-Esp32Partition ManifestInvalid esp32 { Set-TestFlash $port 0x8000 $slots; Export-Esp32Partition -Device $port -Destination backup -Manifest; Add-Content backup/app0.bin 'x'; Import-Esp32Partition -Device $port -Manifest backup }
Row Import-Esp32Partition NotAnImage esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage -Data ([byte[]] (0x7F, 0x45, 0x4C, 0x46, 1, 1, 1, 0)) -Device $port }
Row Import-Esp32Partition PartitionContent esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition nvs -Data ([byte[]]::new(4096)) -Device $port }
Row Import-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition nothing -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionReadOnly esp32 { Set-TestFlash $port 0x8000 (Edit-TestBytes $table @{ 28 = 2 }); Import-Esp32Partition nvs -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionTableDiffers esp32 { Set-TestFlash $port 0x8000 $slots; Export-Esp32Partition -Device $port -Destination backup -Manifest; Set-TestFlash $port 0x8000 $table; Import-Esp32Partition -Device $port -Manifest backup }
Row Import-Esp32Partition PartitionTableInvalid esp32 { Set-TestFlash $port 0x8000 $damaged; Import-Esp32Partition app0 app.bin -Device $port }
Row Import-Esp32Partition SecureBootProtected esp32 { Set-TestFlash $port 0x8000 (Edit-TestBytes $table @{ 101 = 0x70; 102 = 0; 105 = 0x10; 106 = 0 }); Set-Esp32Efuse -Device $port @{ ABS_DONE_1 = 1 }; Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionTableMissing esp32 { Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition ImageInvalid esp32 { Write-Esp32Flash -Device $port $images; $bad = New-TestImage -IsApplication; $bad[500] = $bad[500] -bxor 1; Import-Esp32Partition factory -Data $bad -Device $port }
Row Import-Esp32Partition ImageTruncated esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition factory -Data ([byte[]] (New-TestImage -IsApplication)[0..2999]) -Device $port }
Row Import-Esp32Partition FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionTooSmall esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage -Data ([byte[]]::new(0x10001)) -Device $port }

Row Clear-Esp32OtaSlot ImageForOtherChip esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 (New-TestImage -ChipId 5 -IsApplication); Clear-Esp32OtaSlot -Device $port }
Row Clear-Esp32OtaSlot ImageInvalid esp32 { Set-TestFlash $port 0x8000 $slots; Clear-Esp32OtaSlot -Device $port }
Row Clear-Esp32OtaSlot ImageRevision esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 $future; Clear-Esp32OtaSlot -Device $port }
Row Clear-Esp32OtaSlot ImageTruncated esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 $endless; Clear-Esp32OtaSlot -Device $port } @{ FlashSize = 256KB }
Row Clear-Esp32OtaSlot PartitionTooSmall esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 ([System.IO.File]::ReadAllBytes("$PWD/app.bin")); Clear-Esp32OtaSlot -Device $port }
Row Clear-Esp32OtaSlot OtaUnavailable esp32 { Write-Esp32Flash -Device $port $images; Clear-Esp32OtaSlot -Device $port }
Row Get-Esp32OtaSlot FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Get-Esp32OtaSlot $port }
Row Set-Esp32OtaSlot FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Set-Esp32OtaSlot 0 -Device $port }
Row Set-Esp32OtaSlot ImageForOtherChip esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 (New-TestImage -ChipId 5 -IsApplication); Set-Esp32OtaSlot 0 -Device $port }
Row Set-Esp32OtaSlot ImageInvalid esp32 { Set-TestFlash $port 0x8000 $slots; Set-Esp32OtaSlot 0 -Device $port }
Row Set-Esp32OtaSlot ImageRevision esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 $future; Set-Esp32OtaSlot 0 -Device $port }
Row Set-Esp32OtaSlot ImageTruncated esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 $endless; Set-Esp32OtaSlot 0 -Device $port } @{ FlashSize = 256KB }
Row Set-Esp32OtaSlot PartitionTooSmall esp32 { Set-TestFlash $port 0x8000 $slots; Set-TestFlash $port 0x10000 ([System.IO.File]::ReadAllBytes("$PWD/app.bin")); Set-Esp32OtaSlot 0 -Device $port }
Row Set-Esp32OtaSlot OtaRollbackImpossible esp32 { Set-TestFlash $port 0x8000 $slots; Set-Esp32OtaSlot -Rollback -Device $port }
Row Set-Esp32OtaSlot OtaUnavailable esp32 { Write-Esp32Flash -Device $port $images; Set-Esp32OtaSlot -Rollback -Device $port }
Row Set-Esp32OtaSlot PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Set-Esp32OtaSlot 0 -Device $port }

Row Get-Esp32Nvs NvsInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs -Key ([byte[]] (1..64)) | Get-Esp32Nvs }
Row Get-Esp32Nvs NvsNotFound '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Get-Esp32Nvs -Name absent }
Row New-Esp32Nvs CsvInvalid '' { Set-Content bad.csv 'key,type,encoding,value', 'n,namespace,,', 'a,dta,string,x'; New-Esp32Nvs bad.csv -Size 0x3000 }
Row New-Esp32Nvs FileExists '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 -Destination app.bin }
Row New-Esp32Nvs FileNotFound '' { New-Esp32Nvs missing.csv -Size 0x3000 }
Row New-Esp32Nvs KeyFileInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 -Key ([byte[]]::new(4096)) }
Row New-Esp32Nvs KeyLength '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 -Key ([byte[]] (1..32)) }
Row New-Esp32Nvs NvsFull '' { New-Esp32Nvs -Value @{ n = @{ b = [byte[]]::new(9000) } } -Size 0x3000 }
Row New-Esp32Nvs NvsItemInvalid '' { New-Esp32Nvs -Value @{ n = @{ b = 1.5 } } -Size 0x3000 }
Row New-Esp32Nvs ValueInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3001 }
Row Protect-Esp32Nvs FileExists '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs -Key ([byte[]] (1..64)) -Destination app.bin }
Row Protect-Esp32Nvs FileNotFound '' { Protect-Esp32Nvs missing.bin -Key ([byte[]] (1..64)) }
Row Protect-Esp32Nvs KeyFileInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs -Key ([byte[]]::new(4096)) }
Row Protect-Esp32Nvs KeyLength '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs -Key ([byte[]] (1..32)) }
Row Protect-Esp32Nvs NvsInvalid '' { Protect-Esp32Nvs -InputObject ([byte[]]::new(100)) -Key ([byte[]] (1..64)) }
Row Protect-Esp32Nvs SettingsConflict '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs }
Row Set-Esp32Nvs NvsFull '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Set-Esp32Nvs -Namespace n -Name big -Value ([byte[]]::new(30000)) }
Row Set-Esp32Nvs NvsInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Protect-Esp32Nvs -Key ([byte[]] (1..64)) | Set-Esp32Nvs -Namespace n -Name a -Value 2 }
Row Unprotect-Esp32Nvs NvsInvalid '' { New-Esp32Nvs -Value @{ n = @{ a = 1 } } -Size 0x3000 | Unprotect-Esp32Nvs -Key ([byte[]] (1..64)) }
Row New-Esp32FactoryData FactoryDataInvalid '' { Set-Content units.csv 'serial,n'; New-Esp32FactoryData units.csv -Schema @{ Namespace = 'a'; Key = 'n'; Encoding = 'u8' } -Size 12KB -InMemory }
Row New-Esp32FactoryData FileExists '' {
    foreach ($number in 1, 2) {
        Set-Content units.csv 'n', $number
        New-Esp32FactoryData units.csv units -Schema @{ Namespace = 'a'; Key = 'n'; Encoding = 'u8' } -Size 12KB
    }
}
Row Get-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Get-Esp32Partition $port -Name zzz }
Row Export-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Name zzz dump }
Row Get-Esp32Port PortNotFound '' { Get-Esp32Port zzz }
Row Stop-Esp32SimulatorServer SimulatorNotFound '' { Stop-Esp32SimulatorServer zzz }
