# Failures of the pages about partitions, applications in slots, NVS and factory data: see ErrorIds.Tests.ps1.

Row Clear-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Clear-Esp32Partition nothing -Device $port }
Row ConvertFrom-Esp32PartitionTable PartitionTableMissing '' { , [byte[]]::new(3072) | ConvertFrom-Esp32PartitionTable }
Row ConvertFrom-Esp32PartitionTable PartitionTableInvalid '' { 'a,app,factory,,4M' | ConvertTo-Esp32PartitionTable -Destination bad.bin; $bytes = [System.IO.File]::ReadAllBytes("$PWD/bad.bin"); $bytes[4] = 1; , $bytes | ConvertFrom-Esp32PartitionTable }
Row ConvertTo-Esp32PartitionTable PartitionTableInvalid '' { 'a,app,factory,,4M' | ConvertTo-Esp32PartitionTable -FlashSize 4MB }
Row Export-Esp32Partition FileExists esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Destination .; Export-Esp32Partition -Device $port -Destination . }
Row Export-Esp32Partition KeyLength esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Key app.bin -Destination . }
Row Export-Esp32Partition PartitionNotFound esp32 { Get-Esp32Partition -Path partition-table.bin | Export-Esp32Partition -Destination . }
Row Get-Esp32Partition FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Get-Esp32Partition $port }
Row Get-Esp32Partition PartitionTableMissing esp32 { Get-Esp32Partition $port }
Row Import-Esp32Partition FileNotFound esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage missing.bin -Device $port }
Row Import-Esp32Partition ImageForOtherChip esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition factory -Data (New-TestImage -ChipId 5 -IsApplication) -Device $port }
Row Import-Esp32Partition NotAnImage esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage -Data ([byte[]] (0x7F, 0x45, 0x4C, 0x46, 1, 1, 1, 0)) -Device $port }
Row Import-Esp32Partition PartitionContent esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition nvs -Data ([byte[]]::new(4096)) -Device $port }
Row Import-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition nothing -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionTableMissing esp32 { Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition ImageInvalid esp32 { Write-Esp32Flash -Device $port $images; $bad = New-TestImage -IsApplication; $bad[500] = $bad[500] -bxor 1; Import-Esp32Partition factory -Data $bad -Device $port }
Row Import-Esp32Partition ImageTruncated esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition factory -Data ([byte[]] (New-TestImage -IsApplication)[0..2999]) -Device $port }
Row Import-Esp32Partition FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Import-Esp32Partition storage -Data ([byte[]] (1, 2)) -Device $port }
Row Import-Esp32Partition PartitionTooSmall esp32 { Write-Esp32Flash -Device $port $images; Import-Esp32Partition storage -Data ([byte[]]::new(0x10001)) -Device $port }

Row Clear-Esp32OtaSlot OtaUnavailable esp32 { Write-Esp32Flash -Device $port $images; Clear-Esp32OtaSlot -Device $port }
Row Get-Esp32OtaSlot FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Get-Esp32OtaSlot $port }
Row Set-Esp32OtaSlot FlashEncrypted esp32 { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin; Set-Esp32OtaSlot 0 -Device $port }
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
Row Get-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Get-Esp32Partition $port -Name zzz }
Row Export-Esp32Partition PartitionNotFound esp32 { Write-Esp32Flash -Device $port $images; Export-Esp32Partition -Device $port -Name zzz dump }
Row Get-Esp32Port PortNotFound '' { Get-Esp32Port zzz }
Row Stop-Esp32SimulatorServer SimulatorNotFound '' { Stop-Esp32SimulatorServer zzz }
