BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $forced = Get-Command -Module Esp32Tools | Where-Object { $_.Parameters -and $_.Parameters.ContainsKey('Force') }
    $lifting = $forced | Where-Object { $_.Parameters['Force'].ParameterType -ne [switch] } | ForEach-Object { @{ Name = $_.Name; Command = $_ } }
    $switches = $forced | Where-Object { $_.Parameters['Force'].ParameterType -eq [switch] } | ForEach-Object { @{ Name = $_.Name } }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"

    function Get-HelpPage($Name) {
        Get-Content (Join-Path (Split-Path (Split-Path $PSScriptRoot)) "module/help/en-US/$Name.md") -Raw
    }

    # Calls a cmdlet with nothing but -Force, and something that binds for what is mandatory.
    function Invoke-Forced($Command, $Force) {
        $set = $Command.ParameterSets | Sort-Object { @($_.Parameters | Where-Object IsMandatory).Count } | Where-Object { $_.Parameters.Name -contains 'Force' } | Select-Object -First 1
        $arguments = @{ Force = $Force }
        foreach ($parameter in $set.Parameters | Where-Object IsMandatory) {
            $arguments[$parameter.Name] = switch ($parameter.ParameterType.Name) {
                'SwitchParameter' { $true }
                'Esp32EfusePlan' { New-Esp32EfusePlan }
                'Hashtable' { @{ 0x10000 = [byte[]] (1, 2) } }
                'IDictionary' { @{ WR_DIS = 1 } }
                'ImageArgument[]' { @{ 0x10000 = [byte[]] (1, 2) } }
                'Byte[]' { , [byte[]] (1, 2) }
                'FlashEncryptionGoal' { 'Development' }
                { $_ -in 'UInt32', 'Int32', 'UInt32[]', 'Nullable`1', 'Int64' } { 4096 }
                default { if ($parameter.Name -eq 'Device') { 'virtual:esp32' } elseif ($parameter.Name -eq 'Access') { 'Read' } else { 'virtual:esp32' } }
            }
        }

        & $Command @arguments
    }

    function Get-Word($Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }
}

Describe 'Ids that lift refusals: <Name>' -ForEach $lifting {
    It 'takes text, completed and explained' {
        $force = $Command.Parameters['Force']
        $force.ParameterType | Should -Be ([string[]])
        ($force.Attributes | Where-Object { $_ -is [System.Management.Automation.ArgumentCompleterAttribute] } | Select-Object -First 1).Type.Name | Should -Be 'RefusalCompleter'
        Get-Word "$Name -Force " | Should -Not -BeNullOrEmpty
    }

    It 'offers ids that are in the help, and are ids' {
        $page = Get-HelpPage $Name
        $section = ($page -split '### -Force')[1] -split "`n##" | Select-Object -First 1
        $known = $page + $(if ($section -match 'about_Esp32Efuses|eFuse burn') { Get-HelpPage about_Esp32Efuses }) + $(if ($section -match 'Write-Esp32Flash') { Get-HelpPage Write-Esp32Flash })
        foreach ($id in Get-Word "$Name -Force ") {
            [enum]::IsDefined([Esp32Tools.Errors.ErrorCode], $id) | Should -BeTrue
            $known | Should -Match "\b$id\b"
        }
    }

    It 'names all ids when <Case> is given' -ForEach @(
        @{ Case = 'a question mark'; Value = '?' }
        @{ Case = 'an id of another kind'; Value = 'PortLost' }
        @{ Case = 'a truth value'; Value = $true }
        @{ Case = 'an empty list'; Value = @() }
        @{ Case = 'nothing'; Value = $null }
    ) {
        $failure = $null
        try { Invoke-Forced $Command $Value } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ValueInvalid,*'
        foreach ($id in Get-Word "$Name -Force ") {
            $failure.ErrorDetails.RecommendedAction | Should -Match "\b$id\b"
        }
    }

    It 'is told by PowerShell when no value follows' {
        { & ([scriptblock]::Create("$Name -Force")) } | Should -Throw -ErrorId 'MissingArgument,*'
    }
}

Describe 'The switch that replaces files: <Name>' -ForEach $switches {
    It 'is called a switch in the help' {
        Get-HelpPage $Name | Should -Match '### -Force\r?\nReplaces .*It is a switch'
    }
}
