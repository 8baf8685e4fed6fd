# Help, its pages and the README against the cmdlets that there are.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $cmdlets = @(Get-Command -Module Esp32Tools | ForEach-Object { @{ Name = $_.Name } })
    $topics = 'about_Esp32Tools', 'about_Esp32Ports', 'about_Esp32Virtual', 'about_Esp32Efuses', 'about_Esp32Errors', 'about_Esp32Stations'
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $pages = Join-Path $PSScriptRoot '../../module/help/en-US'

    # Text of an element of help: a string, paragraphs, or nothing.
    function Get-HelpText($Element) {
        (@($Element) | ForEach-Object { if ($_ -is [string]) { $_ } elseif ($_.PSObject.Properties['Text']) { $_.Text } }) -join ' '
    }

    # The parameters in an element of help; of a cmdlet without any, none.
    function Get-Parameter($Element) {
        if ($Element.PSObject.Properties['parameter']) { $Element.parameter }
    }

    # Syntax errors, cmdlets and parameters in a piece of code that do not exist.
    function Get-UnknownCommand([string] $Code) {
        # Of a module that a person may install, and this machine lacks: Microsoft.PowerShell.SecretManagement.
        $ofOthers = 'Get-Secret'
        $errors = $null
        $ast = [System.Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $errors)
        $errors
        foreach ($use in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
            if ($use.GetCommandName() -in $ofOthers) {
                continue
            }

            $called = Get-Command $use.GetCommandName() -CommandType Cmdlet -ErrorAction SilentlyContinue
            if (-not $called) {
                $use.GetCommandName()
                continue
            }

            foreach ($parameter in $use.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] }) {
                try { $null = $called.ResolveParameter($parameter.ParameterName) } catch { "$($called.Name) -$($parameter.ParameterName)" }
            }
        }
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name -Module Esp32Tools
        $help = Get-Help $Name -Full
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        $own = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'says in one sentence what it does' {
        $help.Synopsis | Should -Match '^[A-Z].+\.$'
        $help.Synopsis | Should -Not -Match "^\s*$Name"
    }

    It 'describes it' {
        (Get-HelpText $help.description).Length | Should -BeGreaterThan 40
    }

    It 'describes every parameter, and none that is not there' {
        $described = @(Get-Parameter $help.parameters | Where-Object { (Get-HelpText $_.description).Trim() } | ForEach-Object name)
        $described | Sort-Object | Should -Be ($own | ForEach-Object Name | Sort-Object)
    }

    It 'gives the aliases, the types and the defaults that the parameters have' {
        $instance = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in $own | Where-Object Name -NotIn 'WhatIf', 'Confirm') {
            $text = Get-Parameter $help.parameters | Where-Object name -EQ $parameter.Name
            $aliases = if ($parameter.Aliases.Count) { $parameter.Aliases -join ', ' } else { 'none' }
            $text.aliases | Should -Be $aliases -Because "of -$($parameter.Name)"
            $text.type.name | Should -Match ([regex]::Escape(($parameter.ParameterType.Name -replace '`.*'))) -Because "of -$($parameter.Name)"
            $default = $instance.($parameter.Name)
            if ($parameter.ParameterType.IsPrimitive -and -not ($text.required -eq 'true')) {
                $text.defaultValue | Should -Be ([string]::Format([cultureinfo]::InvariantCulture, '{0}', $default)) -Because "of -$($parameter.Name)"
            }
        }
    }

    It 'has the syntax of every parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
        foreach ($set in $command.ParameterSets) {
            $expected = @($set.Parameters | ForEach-Object Name | Where-Object { $_ -notin $common }) | Sort-Object
            $found = @($help.syntax.syntaxItem | Where-Object { ($expected -join ' ') -eq (@(Get-Parameter $_ | ForEach-Object name | Sort-Object) -join ' ') })
            $found | Should -Not -BeNullOrEmpty -Because "the set $($set.Name) has the parameters $expected"
        }
    }

    It 'names the types that it writes' {
        $named = @($help.returnValues.returnValue | ForEach-Object { $_.type.name })
        $declared = @($command.OutputType.Name | Where-Object { $_ -ne 'System.Void' })
        if (-not $declared) { $declared = @('None') }
        $named | Should -Be $declared
    }

    It 'has two examples or more, one of them on a virtual chip' {
        $code = @($help.examples.example.code)
        $code.Count | Should -BeGreaterOrEqual 2
        @($code | Where-Object { $_ -match 'virtual:' }).Count | Should -BeGreaterOrEqual 1
    }

    It 'prints its examples' {
        Get-Help $Name -Examples | Out-String | Should -Match 'Example 1: '
    }

    It 'uses only cmdlets and parameters that exist in its examples' {
        foreach ($example in $help.examples.example) {
            Get-UnknownCommand $example.code | Should -BeNullOrEmpty -Because $example.title
        }
    }
}

Describe 'Pages of help' {
    It 'are there for the cmdlets that there are, and for no others' {
        $written = (Get-ChildItem $pages -Filter '*-*.md' | Where-Object Name -NE 'shared-parameters.md').BaseName | Sort-Object
        $written | Should -Be ((Get-Command -Module Esp32Tools).Name | Sort-Object)
    }

    It 'describe no parameter that is not there' {
        $wrong = foreach ($command in Get-Command -Module Esp32Tools) {
            Get-Content (Join-Path $pages "$($command.Name).md") | Select-String '^### -(\w+)$' | ForEach-Object { $_.Matches[0].Groups[1].Value } |
                Where-Object { $_ -notin $command.Parameters.Keys } | ForEach-Object { "$($command.Name) -$_" }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'link only to cmdlets and topics that exist' {
        $links = (Get-Command -Module Esp32Tools | ForEach-Object { Get-Help $_.Name -Full }).relatedLinks.navigationLink.linkText | Sort-Object -Unique
        $known = @((Get-Command -Module Esp32Tools).Name) + @((Get-Help about_Esp32*).Name)
        $links | Where-Object { $_ -notin $known } | Should -BeNullOrEmpty
    }
}

Describe 'README' {
    BeforeAll {
        $readme = Get-Content (Join-Path $PSScriptRoot '../../README.md')
    }

    It 'lists the nouns that there are, and no others' {
        $listed = $readme | Where-Object { $_ -match '^\| [^|]+ \| `Esp32' } | Select-String '`(Esp32\w+)`' -AllMatches | ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value }
        $listed | Sort-Object | Should -Be ((Get-Command -Module Esp32Tools).Noun | Sort-Object -Unique)
    }

    It 'uses only cmdlets and parameters that exist' {
        foreach ($block in [regex]::Matches($readme -join "`n", '(?ms)^```powershell\n(.*?)^```')) {
            Get-UnknownCommand ($block.Groups[1].Value -replace '(?m)^\./build.ps1$') | Should -BeNullOrEmpty
        }
    }

    It 'links only to what is there' {
        $targets = $readme | Select-String '\]\((?!http)([^)]+)\)' -AllMatches | ForEach-Object { $_.Matches } | ForEach-Object { $_.Groups[1].Value }
        $targets | Should -Not -BeNullOrEmpty
        $targets | Where-Object { -not (Test-Path (Join-Path $PSScriptRoot "../../$_")) } | Should -BeNullOrEmpty
    }
}

Describe 'Topic <_>' -ForEach $topics {
    It 'is listed, with what it is about' {
        $topic = Get-Help about_Esp32* | Where-Object Name -EQ $_
        $topic | Should -Not -BeNullOrEmpty
        $topic.Synopsis | Should -Match '^\S.+\.$'
    }

    It 'uses only cmdlets and parameters that exist' {
        $blocks = [regex]::Matches((Get-Content (Join-Path $pages "$_.md") -Raw), '(?ms)^```powershell\n(.*?)^```')
        foreach ($block in $blocks) {
            Get-UnknownCommand $block.Groups[1].Value | Should -BeNullOrEmpty
        }
    }

    It 'fits a console of 80 columns, but for code and tables' {
        $long = (Get-Help $_) -split '\r?\n' | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}' }
        $long | Should -BeNullOrEmpty
    }
}

Describe 'about_Esp32Errors' {
    It 'has every error code, and no other' {
        $rows = Get-Content (Join-Path $pages 'about_Esp32Errors.md') | Select-String '^\| (\w+) \|' | ForEach-Object { $_.Matches[0].Groups[1].Value }
        $written = @($rows | Where-Object { $_ -ne 'Id' })
        $written | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
        $written | Sort-Object | Should -Be ([Enum]::GetNames([Esp32Tools.Errors.ErrorCode]) | Sort-Object)
    }
}

Describe 'Error ids in the pages of cmdlets' {
    It 'are names of error codes' {
        $codes = [Enum]::GetNames([Esp32Tools.Errors.ErrorCode])
        $wrong = foreach ($page in Get-ChildItem $pages -Filter '*-Esp32*.md') {
            # "is the error `X`", "the error `X`", "the errors `X`, `Y`": every marked word right behind the word error.
            foreach ($match in [regex]::Matches((Get-Content $page -Raw), 'error `(\w+)`')) {
                if ($match.Groups[1].Value -notin $codes) { "$($page.Name): $($match.Groups[1].Value)" }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }
}
