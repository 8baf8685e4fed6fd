# Every type that a cmdlet writes, as the cmdlet really writes it, through JSON, CSV and CLIXML at their defaults, and back.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    function Row([string] $Cmdlet, [scriptblock] $Script, [string] $Chip = 'esp32') {
        @{ Cmdlet = $Cmdlet; Script = $Script; Chip = $Chip }
    }

    $rows = @(
        Row Clear-Esp32Flash { Clear-Esp32Flash 0x200000 4KB -Device $port }
        Row Clear-Esp32OtaSlot { Set-Esp32OtaSlot 1 -Device $port | Out-Null; Clear-Esp32OtaSlot -Device $port } ota
        Row Clear-Esp32Partition { Clear-Esp32Partition storage -Device $port } table
        Row Connect-Esp32Device { $session = Connect-Esp32Device $port; $session; Disconnect-Esp32Device $session }
        Row Connect-Esp32Device { Connect-Esp32Device $port }
        Row ConvertFrom-Esp32PartitionTable { ConvertFrom-Esp32PartitionTable partition-table.bin }
        Row Enable-Esp32FlashEncryption { Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key key.bin }
        Row Enable-Esp32SecureBoot { Enable-Esp32SecureBoot -Device $port rsa.pem -Image @{ 0x1000 = 'signed.bin' } -Force ReadProtectionLost }
        Row Export-Esp32Efuse { Export-Esp32Efuse fuses.bin -Device $port }
        Row Export-Esp32Partition { Get-Esp32Partition $port | Where-Object Type -EQ data | Export-Esp32Partition -Destination dump } table
        Row Get-Esp32Device { Get-Esp32Device $port }
        Row Get-Esp32Device { Get-Esp32Device $port } esp32s3
        Row Get-Esp32Efuse { Get-Esp32Efuse -Device $port }
        Row Get-Esp32Efuse { Get-Esp32Efuse -Device $port } esp32c3
        Row Get-Esp32FlashChip { Get-Esp32FlashChip $port }
        Row Get-Esp32FlashHash { Get-Esp32FlashHash 0 4KB -Device $port }
        Row Get-Esp32Image { Get-Esp32Image -Path app.bin, bootloader.bin }
        Row Get-Esp32ImageSignature { Get-Esp32ImageSignature signed.bin }
        Row Get-Esp32KeyDigest { Get-Esp32KeyDigest rsa.pem }
        Row Get-Esp32Nvs { $nvs | Get-Esp32Nvs }
        Row Get-Esp32Nvs { $nvs | Get-Esp32Nvs -PageInfo }
        Row Get-Esp32OtaSlot { Set-Esp32OtaSlot 1 -Device $port | Out-Null; Get-Esp32OtaSlot $port } ota
        Row Get-Esp32Partition { Get-Esp32Partition $port } table
        Row Get-Esp32Port { Get-Esp32Port $port }
        Row Get-Esp32SecurityState { Get-Esp32SecurityState $port }
        Row Get-Esp32SecurityState { Get-Esp32SecurityState $port } esp32c3
        Row Get-Esp32Session { $null = Connect-Esp32Device $port; Get-Esp32Session $port }
        Row Get-Esp32Simulator { Get-Esp32Simulator $port }
        Row Import-Esp32Partition { Import-Esp32Partition storage -Data ([byte[]] (1..16)) -Device $port } table
        Row Import-Esp32Partition { Import-Esp32Partition storage -Data ([byte[]] (1..16)) -Device $port -Summary } table
        Row Invoke-Esp32EfusePlan { $plan = New-Esp32EfusePlan; Set-Esp32Efuse -Plan $plan @{ DISABLE_JTAG = 1 } -Confirm:$false; Invoke-Esp32EfusePlan -Plan $plan -Device $port }
        Row Invoke-Esp32RamImage { Invoke-Esp32RamImage -Device $port ram.bin -Until PASS -Timeout 30 }
        Row Lock-Esp32Efuse { Lock-Esp32Efuse RD_DIS -Device $port -Force ReadProtectionLost }
        Row New-Esp32EfusePlan { $plan = New-Esp32EfusePlan; Set-Esp32Efuse -Plan $plan @{ DISABLE_JTAG = 1 }; $plan }
        Row New-Esp32FactoryData { New-Esp32FactoryData units.csv factory -Schema schema.csv -Size 0x3000 }
        Row New-Esp32FactoryData { New-Esp32FactoryData units.csv -InMemory -Schema schema.csv -Size 0x3000 -KeyPerUnit Xts }
        Row New-Esp32FlashKey { New-Esp32FlashKey flash.key }
        Row New-Esp32Nvs { New-Esp32Nvs @{ n = @{ a = 1 } } -Size 0x3000 }
        Row New-Esp32NvsKey { New-Esp32NvsKey nvs.key }
        Row New-Esp32SigningKey { New-Esp32SigningKey ec.pem EcdsaP256 }
        Row New-Esp32Simulator { New-Esp32Simulator esp32c3 conversion -Timing -BridgeLatency 16; Remove-Esp32Simulator conversion }
        Row Protect-Esp32Nvs { $nvs | Protect-Esp32Nvs -HmacKey ([byte[]] (1..32)) }
        Row Read-Esp32Flash { Read-Esp32Flash 0x8000 64 -Device $port } table
        Row Read-Esp32Memory { Read-Esp32Memory 0x40001000 16 -Device $port }
        Row Set-Esp32CustomMac { Set-Esp32CustomMac 02:12:34:56:78:9a -Device $port }
        Row Set-Esp32Efuse { Set-Esp32Efuse -Device $port @{ DISABLE_JTAG = 1; UART_DOWNLOAD_DIS = 1 } }
        Row Set-Esp32FlashStatus { Set-Esp32FlashStatus -Device $port 0x1C }
        Row Set-Esp32FlashVoltage { Set-Esp32FlashVoltage 3.3V -Device $port }
        Row Set-Esp32Nvs { $nvs | Set-Esp32Nvs -Namespace n -Name number -Value 8 }
        Row Set-Esp32OtaSlot { Set-Esp32OtaSlot 1 -Device $port } ota
        Row Start-Esp32SimulatorServer { Start-Esp32SimulatorServer $port; Stop-Esp32SimulatorServer $port }
        Row Test-Esp32Efuse { Test-Esp32Efuse $port } esp32c3
        Row Test-Esp32Flash { Test-Esp32Flash @{ 0x8000 = 'app.bin' } -Device $port } table
        Row Test-Esp32Flash { Test-Esp32Flash @{ 0x8000 = 'app.bin' } -Device $port, virtual:none -Summary -ErrorAction SilentlyContinue } table
        Row Test-Esp32ImageSignature { Test-Esp32ImageSignature signed.bin -Key rsa.pem }
        Row Test-Esp32Nvs { Test-Esp32Nvs broken.bin }
        Row Unprotect-Esp32Nvs { $nvs | Protect-Esp32Nvs -HmacKey ([byte[]] (1..32)) | Unprotect-Esp32Nvs -HmacKey ([byte[]] (1..32)) }
        Row Watch-Esp32Output { Watch-Esp32Output $port -Reset -Timeout 0.2 }
        Row Write-Esp32EfuseBlock { Write-Esp32EfuseBlock BLOCK3 -Data ([byte[]] (1..32)) -Device $port }
        Row Write-Esp32EfuseKey { Write-Esp32EfuseKey FlashEncryption key.bin -Device $port }
        Row Write-Esp32Flash { Write-Esp32Flash $images -Device $port }
        Row Write-Esp32Flash { Write-Esp32Flash $images -Device $port, virtual:none -Summary -ErrorAction SilentlyContinue }
        Row Write-Esp32Memory { Write-Esp32Memory 0x3FFE0000 1 -Device $port }
    )

    $declared = foreach ($command in Get-Command -Module Esp32Tools) {
        foreach ($type in $command.OutputType.Type | Where-Object { $_ -and $_.Namespace -like 'Esp32Tools*' }) {
            @{ Cmdlet = $command.Name; Type = $type.FullName }
        }
    }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $ConfirmPreference = 'None'
    $WarningPreference = 'SilentlyContinue'
    $written = [System.Collections.Generic.HashSet[string]]::new()
    $work = Join-Path $TestDrive 'work'
    New-TestFirmware -Folder $work
    Push-Location $work
    [System.IO.File]::WriteAllBytes("$work/ram.bin", (New-TestRamImage))
    $null = New-Esp32SigningKey rsa.pem Rsa3072
    $null = Add-Esp32ImageSignature bootloader.bin signed.bin -Key rsa.pem
    "n,namespace,`nserial,data,string`nraw,data,hex2bin" | Set-Content schema.csv
    "serial,raw,station`nSN1,0102,left`nSN2,0304,right" | Set-Content units.csv
    $nvs = New-Esp32Nvs ([ordered] @{ n = [ordered] @{ number = [byte] 7; text = 'seven'; raw = [byte[]] (1..40) } }) -Size 0x3000
    $broken = $nvs.GetBytes().Clone()
    $broken[100] = $broken[100] -bxor 1
    [System.IO.File]::WriteAllBytes("$work/broken.bin", $broken)
    $images = @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
    $otaTable = 'otadata,data,ota,,8K', 'factory,app,factory,0x10000,512K', 'app0,app,ota_0,,512K', 'app1,app,ota_1,,512K' | ConvertTo-Esp32PartitionTable

    function New-Board([string] $Kind) {
        $port = New-TestChip $(if ($Kind -like 'esp32*') { $Kind } else { 'esp32' })
        $board = Get-Esp32Simulator $port
        if ($Kind -eq 'table') { $board.LoadFlash(0x8000, (New-TestPartitionTable)) }
        if ($Kind -eq 'ota') {
            $board.LoadFlash(0x8000, $otaTable)
            0x10000, 0x90000, 0x110000 | ForEach-Object { $board.LoadFlash($_, [System.IO.File]::ReadAllBytes("$work/app.bin")) }
        }

        $port
    }

    # Texts that are no data: names of types in place of values.
    function Find-TypeName([string] $Text) {
        [regex]::Matches($Text, '\b(System|Esp32Tools)\.[A-Z][\w.`]+(\[\])?|@\{[^}]*\}') | ForEach-Object Value
    }

    # Properties, of the object and of those in it, whose values no text gives back as they are.
    function Find-Hidden($Object, [string] $Name, [int] $Depth) {
        foreach ($property in $Object.GetType().GetProperties() | Where-Object { $_.GetIndexParameters().Count -eq 0 }) {
            $path = "$Name.$($property.Name)"
            $value = $property.GetValue($Object)
            $items = if ($null -ne $value -and $value -isnot [string] -and $value -is [System.Collections.IEnumerable]) { @($value) } else { , $value }
            if ($value -is [System.Collections.IEnumerable] -and $value -isnot [string] -and $value.GetType().Name -ne 'ResultList`1') {
                "$path is a $($value.GetType())"
            }

            $level = if ($value -is [string] -or $value -isnot [System.Collections.IEnumerable]) { $Depth + 1 } else { $Depth + 2 }
            foreach ($item in $items | Where-Object { $null -ne $_ }) {
                if ($item -is [enum] -or $item -is [timespan] -or $item -is [version] -or $item -is [datetimeoffset] -or $item -is [exception]) {
                    "$path is a $($item.GetType())"
                }
                elseif (-not ($item.GetType().IsPrimitive -or $item -is [string] -or $item -is [datetime] -or $item -is [decimal])) {
                    if ($level -gt 2) { "$path is too deep" } else { Find-Hidden $item $path $level }
                }
            }
        }
    }
}

AfterAll {
    Pop-Location
}

Describe 'What <Cmdlet> writes: <Script>' -ForEach $rows {
    BeforeAll {
        $port = New-Board $Chip
        $objects = @(. ([scriptblock]::Create($Script)) | Where-Object { $_.GetType().Namespace -like 'Esp32Tools*' })
        $objects | ForEach-Object { $null = $written.Add("$Cmdlet $($_.GetType().FullName)") }
    }

    AfterAll {
        Get-Esp32Session "$port*" | Disconnect-Esp32Device -ErrorAction SilentlyContinue
        Remove-Esp32Simulator $port
    }

    It 'is plain data, and flat' {
        $objects | Should -Not -BeNullOrEmpty
        $objects | ForEach-Object { Find-Hidden $_ $_.GetType().Name 0 } | Sort-Object -Unique | Should -BeNullOrEmpty
    }

    It 'goes through JSON and back' {
        foreach ($object in $objects) {
            $warnings = $null
            $json = ConvertTo-Json -InputObject $object -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
            $warnings | Should -BeNullOrEmpty
            Find-TypeName $json | Should -BeNullOrEmpty
            $back = $json | ConvertFrom-Json
            foreach ($property in $object.GetType().GetProperties()) {
                $value = $property.GetValue($object)
                if ($value -is [datetime]) { $back.($property.Name).ToUniversalTime() | Should -Be $value.ToUniversalTime() }
                elseif ($null -eq $value -or $value -is [string] -or $value.GetType().IsPrimitive) { $back.($property.Name) | Should -Be $value -Because $property.Name }
                elseif ($value -is [System.Collections.IEnumerable]) { @($back.($property.Name)).Count | Should -Be $value.Count -Because $property.Name }
            }
        }
    }

    # PowerShell counts the array of several results as a level, and gives what lies deeper as its text.
    It 'goes through JSON with others, whole at a depth of 3 and as text that a person can read at the default' {
        $warnings = $null
        $null = ConvertTo-Json -InputObject @($objects + $objects) -Depth 3 -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction Stop
        $warnings | Should -BeNullOrEmpty
        $json = ConvertTo-Json -InputObject @($objects + $objects) -WarningAction SilentlyContinue -ErrorAction Stop
        Find-TypeName $json | Should -BeNullOrEmpty
        @($json | ConvertFrom-Json | ForEach-Object { $_ }).Count | Should -Be (2 * $objects.Count)
    }

    It 'goes through CSV and back' {
        $objects | Group-Object { $_.GetType().FullName } | ForEach-Object {
            $file = Join-Path $TestDrive 'out.csv'
            $_.Group | Export-Csv $file -NoTypeInformation -ErrorAction Stop
            $rows = @(Import-Csv $file)
            $rows.Count | Should -Be $_.Count
            foreach ($cell in $rows[0].PSObject.Properties) {
                Find-TypeName $cell.Value | Should -BeNullOrEmpty -Because $cell.Name
                if ($_.Group[0].($cell.Name) -is [string]) { $cell.Value | Should -BeExactly $_.Group[0].($cell.Name) -Because $cell.Name }
            }
        }
    }

    It 'goes through CLIXML and back' {
        $file = Join-Path $TestDrive 'out.xml'
        $objects | Export-Clixml $file -ErrorAction Stop
        $back = @(Import-Clixml $file)
        $back.Count | Should -Be $objects.Count
        foreach ($property in $objects[0].GetType().GetProperties()) {
            $value = $property.GetValue($objects[0])
            if ($null -eq $value -or $value -is [string] -or $value.GetType().IsPrimitive) { $back[0].($property.Name) | Should -Be $value -Because $property.Name }
            elseif ($value -is [System.Collections.IEnumerable]) { @($back[0].($property.Name)).Count | Should -Be $value.Count -Because $property.Name }
        }
    }
}

Describe 'The rows above' {
    It 'wrote no type that its cmdlet does not declare' {
        $known = (Get-Command -Module Esp32Tools).ForEach({ $name = $_.Name; $_.OutputType.Type.Where({ $_ }).ForEach({ "$name $($_.FullName)" }) })
        $written | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }

    It 'have a <Type> of <Cmdlet>' -ForEach $declared {
        $written | Should -Contain "$Cmdlet $Type"
    }
}
