# The station of the examples, on eight boards of which six have a fault each, and again when these are mended.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $station = Join-Path $PSScriptRoot '../../examples/06-station.ps1'
    $work = Join-Path $TestDrive 'work'
    $names = 1..8 | ForEach-Object { "station-$([guid]::NewGuid().ToString('n').Substring(0, 8))-$_" }
    $null = & (Join-Path $PSScriptRoot '../../examples/firmware/New-SampleFirmware.ps1') -Chip esp32c3 -Destination "$work/firmware"
    0..7 | ForEach-Object { [pscustomobject] @{ Port = "virtual:$($names[$_])"; serial = "SN00000$($_ + 1)"; channel = $_ + 1 } } | Export-Csv "$work/plan.csv" -NoTypeInformation
    $with = @{ Units = "$work/plan.csv"; Firmware = "$work/firmware/flasher_args.json"; Folder = (New-Item -ItemType Directory "$work/line").FullName }

    # A board keeps its flash and its eFuses in a folder, so that what is mended around the chip leaves the chip as it is.
    function New-Board([int] $Number, [string] $Chip = 'esp32c3', [hashtable] $With = @{}) {
        $setting = @{ ApplicationOutput = 'SELFTEST PASS'; StatePath = "$work/state/$Number-$Chip" }
        foreach ($key in $With.Keys) { $setting[$key] = $With[$key] }
        New-Esp32Simulator $Chip -Name $names[$Number - 1] @setting
    }

    function Repair-Board([int] $Number) {
        Remove-Esp32Simulator $names[$Number - 1]
        New-Board $Number
    }

    # As a person would, in a runspace of its own: the script runs Pester itself.
    function Invoke-Station {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule([string[]] @((Get-ModuleManifest), (Join-Path (Get-Module Pester).ModuleBase 'Pester.psd1')))
        $shell = [powershell]::Create($state)
        try {
            $output = $shell.AddScript('param($station, $with) & $station @with').AddArgument($station).AddArgument($with).Invoke()
            $shell.Streams.Error | Where-Object { $_.FullyQualifiedErrorId -notlike '*,Esp32Tools.PowerShell.*' } | Should -BeNullOrEmpty
            $output
        }
        finally {
            $shell.Dispose()
        }
    }

    function Get-Report { ([xml] (Get-Content "$work/line/junit.xml" -Raw)).testsuites }
    function Get-Log { Get-Content "$work/line/run.jsonl" | ConvertFrom-Json }

    $null = New-Item -ItemType Directory "$work/state"
    $null = New-Board 1
    $null = New-Board 2
    $pulled = New-Board 3
    $pulled.Unplug()
    $null = New-Board 4 esp32
    $null = New-Board 5 -With @{ ApplicationOutput = 'SELFTEST FAIL: sensor' }
    $null = New-Board 6 -With @{ ApplicationOutput = 'nothing to say' }
    $null = New-Board 7 -With @{ Fault = 'spoil@write:40*' }
    $null = New-Board 8 -With @{ Fault = 'unplug@tochip:300000' }
    $first = @(Invoke-Station)
    $firstReport = Get-Report
    $firstLog = @(Get-Log)
    $keys = @(Get-ChildItem "$work/line/data/keys" | Get-FileHash)

    $pulled.Replug()
    4..8 | ForEach-Object { Repair-Board $_ }
    $second = @(Invoke-Station)
    $secondReport = Get-Report
    $third = @(Invoke-Station)
}

AfterAll {
    $names | Remove-Esp32Simulator -ErrorAction SilentlyContinue
}

Describe 'The station' {
    It 'gives the boards without a fault a pass' {
        $first.serial | Should -Be (1..8 | ForEach-Object { "SN00000$_" })
        ($first | Where-Object Result -EQ PASS).serial | Should -Be 'SN000001', 'SN000002'
    }

    It 'gives <Serial> the outcome of its fault: <Id>, in <Cmdlet>' -ForEach @(
        @{ Serial = 'SN000003'; Id = 'PortNotFound'; Cmdlet = 'Write-Esp32Flash' }
        @{ Serial = 'SN000004'; Id = 'ImageForOtherChip'; Cmdlet = 'Write-Esp32Flash' }
        @{ Serial = 'SN000005'; Id = 'OutputFailed'; Cmdlet = 'Watch-Esp32Output' }
        @{ Serial = 'SN000006'; Id = 'OutputTimeout'; Cmdlet = 'Watch-Esp32Output' }
        @{ Serial = 'SN000007'; Id = 'VerifyFailed'; Cmdlet = 'Write-Esp32Flash' }
        @{ Serial = 'SN000008'; Id = 'PortLost'; Cmdlet = 'Write-Esp32Flash' }
    ) {
        $row = $first | Where-Object serial -EQ $Serial
        $row.Result | Should -Be FAIL
        $row.ErrorId | Should -Be $Id
        $row.Error | Should -Not -BeNullOrEmpty

        # The last step that the board saw is the one that failed.
        $its = @($firstLog | Where-Object Port -EQ $row.Port)
        $its[-1].Cmdlet | Should -Be $Cmdlet
        $its[-1].Outcome | Should -Be Failed
        $its[-1].ErrorId | Should -Be $Id
    }

    It 'reports each unit to Pester, by its serial number' {
        $firstReport.tests | Should -Be 8
        $firstReport.failures | Should -Be 6
        $firstReport.testsuite.testcase.name | Should -Be (1..8 | ForEach-Object { "Station.SN00000$_" })
        ($firstReport.testsuite.testcase | Where-Object name -Like '*SN000004').failure.message | Should -Match 'image'
        $secondReport.tests | Should -Be 6
        $secondReport.failures | Should -Be 0
    }

    It 'finishes the rest in a second run, and has nothing to do in a third' {
        $second.serial | Should -Be (3..8 | ForEach-Object { "SN00000$_" })
        $second.Result | Sort-Object -Unique | Should -Be PASS
        $third | Should -Be 'All 8 units have passed.'
        $rows = Import-Csv "$work/line/units.csv"
        @($rows | Where-Object Result -EQ PASS).Count | Should -Be 8
        $rows.Count | Should -Be 14
    }

    It 'burns each unit the key of its own, once' {
        @(Get-ChildItem "$work/line/data/keys" | Get-FileHash).Hash | Should -Be $keys.Hash
        foreach ($name in $names) {
            $purposes = @(Get-Esp32Efuse -Device "virtual:$name" -Name 'KEY_PURPOSE_*')
            @($purposes | Where-Object { "$($_.Value)" -match 'HMAC_UP' -or $_.Meaning -match 'HMAC_UP' }).Count | Should -Be 1 -Because $name
        }

        # 5 and 6 had it from the first run.
        $burns = @(Get-Log | Where-Object Cmdlet -EQ 'Write-Esp32EfuseKey')
        @($burns | Where-Object Port -EQ "virtual:$($names[4])").Count | Should -Be 2
    }

    It 'gives each unit its own factory data' {
        foreach ($number in 1..8) {
            $key = Get-ChildItem "$work/line/data/keys" -Filter "*SN00000$number*"
            $values = Get-Esp32Nvs -Device "virtual:$($names[$number - 1])" -HmacKey $key.FullName
            ($values | Where-Object Key -EQ serial).Value | Should -Be "SN00000$number"
            ($values | Where-Object Key -EQ channel).Value | Should -Be $number
        }
    }

    It 'is a script of at most 60 lines' {
        (Get-Content $station).Count | Should -BeLessOrEqual 60
    }
}
