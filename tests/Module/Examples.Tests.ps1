# Every example of help that can run, and every script in examples, is run.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"

    # An example that names a virtual chip needs nothing else and is executed; the others need a board.
    $helpExamples = @(foreach ($command in Get-Command -Module Esp32Tools) {
            foreach ($example in (Get-Help $command.Name -Examples).examples.example) {
                if ($example.code -match 'virtual:') {
                    @{
                        Title = $example.title.Trim('- '); Command = $command.Name; Code = $example.code
                        # What the text promises of the last line.
                        LastLine = [regex]::Match(($example.remarks | Out-String), 'The\s+last\s+line\s+says\s+(\w+)').Groups[1].Value
                    }
                }
            }
        })
    $scripts = @(Get-ChildItem (Join-Path $PSScriptRoot '../../examples') -Filter '*.ps1' | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } })
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    # The boards that are there without being made: one of each chip.
    $standing = [Esp32Tools.Chips.ChipCatalog]::All.Key
    $firmware = Join-Path $TestDrive 'firmware'
    $makeFirmware = Join-Path $PSScriptRoot '../../examples/firmware/New-SampleFirmware.ps1'
    & $makeFirmware -Chip esp32 -Destination $firmware | Out-Null
    $other = & $makeFirmware -Chip esp32c3 -Destination (Join-Path $TestDrive 'other')
    Copy-Item $other[0].Path (Join-Path $firmware 'bootloader-c3.bin')
    [System.IO.File]::WriteAllBytes((Join-Path $firmware 'app.elf'), (New-TestElf))
    [System.IO.File]::WriteAllBytes((Join-Path $firmware 'ram.bin'), (New-TestRamImage))

    # Runs code as a person would: in a runspace of its own, in a folder with a firmware set, strict, and every error counts.
    function Invoke-AsTyped([string] $Code, [string] $Folder) {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule([string[]] @((Get-ModuleManifest), (Join-Path (Get-Module Pester).ModuleBase 'Pester.psd1')))
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddScript('param($folder) Set-StrictMode -Version 3.0; $ErrorActionPreference = "Stop"; Set-Location $folder').AddArgument($Folder).Invoke()
            $shell.Commands.Clear()
            $output = $shell.AddScript($Code).Invoke()
            if ($shell.Streams.Error) { throw $shell.Streams.Error[0] }
            $output
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Examples of <Command>' -ForEach @($helpExamples | Group-Object { $_.Command } | ForEach-Object { @{ Command = $_.Name; Examples = $_.Group } }) {
    BeforeEach {
        # Every example finds the same world: blank chips, and files as they were built.
        Get-Esp32Simulator | Remove-Esp32Simulator
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        Copy-Item $firmware $folder -Recurse
    }

    AfterEach {
        Get-Esp32Simulator | Remove-Esp32Simulator
    }

    It '<Title>' -ForEach $Examples {
        $output = @(Invoke-AsTyped $Code $folder)
        if ($LastLine) { $output[-1] | Should -Be $LastLine }

        # What an example makes it also removes.
        (Get-Esp32Simulator).Name | Where-Object { $_ -notin $standing } | Should -BeNullOrEmpty
    }
}

Describe 'examples/<Name>' -ForEach $scripts {
    BeforeEach {
        Get-Esp32Simulator | Remove-Esp32Simulator
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))

        # A folder of its own for temporary files, so that what is left in it was left by the script.
        $variables = 'TMPDIR', 'TEMP', 'TMP'
        $before = @{}
        foreach ($variable in $variables) { $before[$variable] = [Environment]::GetEnvironmentVariable($variable) }
        $temporary = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $temporary.FullName) }
    }

    AfterEach {
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $before[$variable]) }
        Get-Esp32Simulator | Remove-Esp32Simulator
    }

    It 'runs as it stands, says something, and leaves nothing behind' {
        $files = @(Get-ChildItem (Split-Path $Path) -Recurse -File).FullName
        $output = Invoke-AsTyped "& '$Path'" $folder
        $output | Should -Not -BeNullOrEmpty
        @(Get-ChildItem (Split-Path $Path) -Recurse -File).FullName | Should -Be $files
        Get-ChildItem $folder | Should -BeNullOrEmpty
        Get-ChildItem $temporary -Filter 'esp32tools-*' | Should -BeNullOrEmpty
        (Get-Esp32Simulator).Name | Where-Object { $_ -notin $standing } | Should -BeNullOrEmpty
    }

    It 'tells in its help what it does' {
        (Get-Help $Path).Synopsis | Should -Match '^[A-Z].+\.\s*$'
    }
}
