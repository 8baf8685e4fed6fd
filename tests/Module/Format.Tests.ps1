# How objects look: a script block of a view that fails shows nothing and says nothing, so what it shows is looked at.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    New-TestFirmware -Folder $TestDrive
    Push-Location $TestDrive
    $port = New-TestChip esp32
    $dev = Connect-Esp32Device $port
    $dev | Write-Esp32Flash @{ 0x8000 = 'partition-table.bin' } | Out-Null

    function Show($Object) {
        ($Object | Out-String -Width 160) -replace '\x1B\[[0-9;]*m'
    }
}

AfterAll {
    $dev | Disconnect-Esp32Device
    Remove-Esp32Simulator $port
    Pop-Location
}

Describe 'The view' {
    It 'of a write shows the address in hexadecimal and what came of it' {
        Show ($dev | Write-Esp32Flash @{ 0x10000 = 'app.bin' }) | Should -Match 'virtual:\S+ +0x10000 +40080 +\d+ +True +\d\d:\d\d\.\d\d +app\.bin'
        Show ($dev | Write-Esp32Flash @{ 0x10000 = 'app.bin' }) | Should -Match ' Equal '
    }

    It 'of a comparison shows where it first differs' {
        Show ($dev | Test-Esp32Flash @{ 0x30000 = 'app.bin' }) | Should -Match '0x30000 +40080 +False +0x30000 +app\.bin'
        Show ($dev | Test-Esp32Flash @{ 0x30000 = 'app.bin' } | Format-List) | Should -Match 'Expected +: 233\s+Actual +: 255'
    }

    It 'of what was read shows how it begins' {
        Show ($dev | Read-Esp32Flash 0x8000 32) | Should -Match '0x8000 +32 aa 50 01 02 00 90 00 00 '
    }

    It 'of a digest shows all of it' {
        $hash = $dev | Get-Esp32FlashHash 0x8000 4KB
        Show $hash | Should -Match "0x8000 +0x1000 $($hash.Hash)"
    }

    It 'of an erase shows the range' {
        Show ($dev | Clear-Esp32Flash 0x30000 8KB) | Should -Match '0x30000 +0x2000 +\d\d:\d\d\.\d\d'
    }

    It 'of partitions shows addresses in hexadecimal, under their port' {
        $text = Show ($dev | Get-Esp32Partition)
        $text | Should -Match "PortName: $port"
        $text | Should -Match 'factory +app +factory +0x10000 +0x100000'
        Show ($dev | Get-Esp32Partition -Name nvs | Export-Esp32Partition -Destination dump) | Should -Match 'nvs +0x9000 +0x6000 .*nvs\.bin'
    }

    It 'of slots shows which boots and why' {
        $table = 'otadata,data,ota,,8K', 'app0,app,ota_0,0x10000,512K', 'app1,app,ota_1,,512K' | ConvertTo-Esp32PartitionTable
        Show (Get-Esp32OtaSlot -Data ([byte[]] (, 0xFF * 0x2000)) -PartitionTable $table) | Should -Match '0 app0 +0x10000 True +Nothing was chosen'
    }

    It 'of a choice of what boots shows what booted before' {
        $other = New-TestChip esp32
        $table = 'otadata,data,ota,,8K', 'app0,app,ota_0,0x10000,512K', 'app1,app,ota_1,,512K' | ConvertTo-Esp32PartitionTable
        $null = Write-Esp32Flash -Device $other @{ 0x8000 = $table; 0x90000 = 'app.bin' }
        $text = Show (Set-Esp32OtaSlot 1 -Device $other)
        Remove-Esp32Simulator $other
        $text | Should -Match '1 app1 +app0 +2 True +True'
    }

    It 'of an image shows whether it is intact, and its segments where they go' {
        $image = Get-Esp32Image -Path app.bin
        Show $image | Should -Match 'ESP32 +40080 +1 True .*app\.bin'
        Show ($image | Format-List) | Should -Match 'EntryPoint +: 0x40080000\s+Segments +: 0x3FFB0000, 40000 bytes'
        Show $image.Segments | Should -Match '0 0x3FFB0000 +0x9C40 +0x18 BYTE_ACCESSIBLE, DRAM'
    }

    It 'of eFuses shows who may do what' {
        Show ($dev | Get-Esp32Efuse ABS_DONE_0) | Should -Match 'ABS_DONE_0 +security +0 +RW +False'
        Show ($dev | Get-Esp32Efuse MAC | Format-List) | Should -Match 'Category +: MAC'
    }

    It 'of a burn shows its steps and no key' {
        $result = $dev | Write-Esp32EfuseKey -Purpose SecureBootV1 -Path key.bin -Confirm:$false
        Show $result | Should -Match 'ESP32, burned and verified\s+BLOCK2: key: 32 bytes'
        Show $result.Steps | Should -Match 'BLOCK2 +True +True '
    }

    It 'of a burn is the same among other objects, and breaks no word at 80 columns, whatever the language' {
        $step = [Esp32Tools.Efuse.Burn.EfuseBurnStep] @{ Name = 'BLOCK_KEY0'; Block = 4; BlockName = 'BLOCK_KEY0'; Change = ('word ' * 40).Trim(); Burned = $true; Verified = $true }
        $result = [Esp32Tools.Efuse.Burn.EfuseBurnResult] @{ PortName = 'virtual:unit'; Chip = 'ESP32'; Steps = $step, $step }
        $security = [Esp32Tools.Protection.Procedure.SecurityStep] @{ PortName = 'virtual:unit'; Chip = 'ESP32'; Number = 1; Name = 'Key'; Status = 'Done'; Text = ('word ' * 40).Trim() }
        foreach ($object in $result, $security) {
            foreach ($culture in 'ja-JP', 'en-US', 'tr-TR') {
                $alone, $among = Invoke-WithCulture $culture {
                    $object | Out-String -Width 80
                    (Get-Item $TestDrive), $object | Out-String -Width 80
                }
                $lines = $alone.Trim() -split '\r?\n'
                $lines.Count | Should -BeGreaterThan 3
                [regex]::Matches($alone, '\bword\b').Count | Should -Be $(if ($object -is [Esp32Tools.Efuse.Burn.EfuseBurnResult]) { 80 } else { 40 })
                $lines | ForEach-Object { $_.Length | Should -BeLessThan 80 }
                ($among.Trim() -split '\r?\n')[-$lines.Count..-1] | Should -Be $lines
            }
        }
    }

    It 'of the output of several boards has one header' {
        $lines = foreach ($i in 1..4) { [Esp32Tools.Devices.Output.Esp32OutputLine] @{ PortName = "COM$($i % 2)"; Timestamp = Get-Date; ElapsedSeconds = 1; Text = "line $i" } }
        $text = Show $lines
        [regex]::Matches($text, 'Elapsed').Count | Should -Be 1
        $text | Should -Match 'COM1 +00:01.000 +line 1\s+COM0 +00:01.000 +line 2\s+COM1'
    }

    It 'of the summary of a write shows the outcome of each board' {
        Show (Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $dev -Summary) | Should -Match 'virtual:\S+ +[0-9a-f:]{17} +1 +(True|Equal) +\d+\.\d'
    }

    It 'of the summary of a comparison shows the outcome of each board, at 80 columns' {
        $sums = Test-Esp32Flash @{ 0x10000 = 'app.bin'; 0x300000 = 'app.bin' } -Device $dev, 'virtual:nobody' -Summary -ErrorAction SilentlyContinue
        $text = $sums | Out-String -Width 80
        $text | Should -Match 'virtual:\S+ +[0-9a-f:]{17} +2 +False +0x300000'
        $text | Should -Match 'virtual:nobody +0 +False +PortNotFound'
    }

    It 'of a device shows its flash and what protects it' {
        Show ($dev | Get-Esp32Device) | Should -Match "virtual:\S+ +ESP32-\S+ +\d\.\d +([0-9a-f]{2}:){5}[0-9a-f]{2} +4 MB open"
        Show ($dev | Get-Esp32Device | Format-List) | Should -Match 'FlashId +: 0x1640EF'
    }

    It 'of a session shows whether it is open' {
        Show $dev | Should -Match 'virtual:\S+ +ESP32 +Stub +460800 Open'
        $other = New-TestChip esp32
        $closed = Connect-Esp32Device $other
        $closed | Disconnect-Esp32Device
        Remove-Esp32Simulator $other
        Show $closed | Should -Match 'virtual:\S+ +ESP32 +Closed'
    }

    It 'of a port shows its ids in hexadecimal' {
        $other = New-TestChip esp32c3 @{ UsbSerialJtag = $true }
        Show (Get-Esp32Port $other) | Should -Match "$other +Virtual +303A:1001"
        Remove-Esp32Simulator $other
    }

    It 'of a virtual chip and its server shows where it is' {
        Show (Get-Esp32Simulator $port) | Should -Match "$port +ESP32 +4 MB +Stub +True"
        $other = New-TestChip esp32
        Show (Start-Esp32SimulatorServer $other) | Should -Match 'Socket +socket://127\.0\.0\.1:\d+ +False'
        Remove-Esp32Simulator $other
    }

    It 'of a line of output shows its time' {
        $other = New-TestChip esp32
        Show (Watch-Esp32Output $other -Reset -Until '^rst:' -Timeout 5) | Should -Match '\d\d:\d\d\.\d{3} \* rst:0x1'
        Remove-Esp32Simulator $other
    }
}
