# What holds for the Pester files themselves.
BeforeDiscovery {
    $files = @(Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } })
}

BeforeAll {
    # The commands in a script that keep a test from running without a word about why.
    function Find-SilentSkip([string] $Script) {
        $commands = [System.Management.Automation.Language.Parser]::ParseInput($Script, [ref] $null, [ref] $null).FindAll(
            { $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        foreach ($command in $commands) {
            $parameters = @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }).ParameterName
            switch ($command.GetCommandName()) {
                { $_ -in 'Describe', 'Context', 'It' } { if ($parameters -contains 'Skip') { "$command".Split("`n")[0] } }
                'Set-ItResult' { if ($parameters -notcontains 'Because') { "$command" } }
            }
        }
    }
}

Describe 'A Pester file' {
    It 'says why it skips: <Name>' -ForEach $files {
        Find-SilentSkip (Get-Content $Path -Raw) | Should -BeNullOrEmpty
    }

    It 'is found when it does not: <Script>' -ForEach @(
        @{ Script = "It 'works' -Skip { }" }
        @{ Script = "Describe 'it' { Context 'here' -Skip:(-not `$IsWindows) { } }" }
        @{ Script = "It 'works' { if (`$IsMacOS) { Set-ItResult -Skipped } }" }
        @{ Script = "It 'works' { Set-ItResult -Inconclusive }" }
    ) {
        Find-SilentSkip $Script | Should -HaveCount 1
    }

    It 'may skip with a reason' {
        Find-SilentSkip "It 'works' { Set-ItResult -Skipped -Because 'there is no port' }" | Should -BeNullOrEmpty
    }
}
