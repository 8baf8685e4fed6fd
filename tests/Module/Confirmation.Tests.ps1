<#
    The question before what cannot be undone: Enter alone is No. Each cmdlet that burns is asked in a PowerShell of its own,
    whose host answers; one that has no case fails the last test.
#>
BeforeDiscovery {
    $cases = @(
        @{ Cmdlet = 'Write-Esp32EfuseKey'; Script = 'Write-Esp32EfuseKey FlashEncryption -Key ([byte[]] (1..32)) -Device $port' }
        @{ Cmdlet = 'Write-Esp32EfuseBlock'; Script = 'Write-Esp32EfuseBlock BLOCK3 -Data ([byte[]] (1..32)) -Device $port' }
        @{ Cmdlet = 'Set-Esp32Efuse'; Script = 'Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device $port' }
        @{ Cmdlet = 'Set-Esp32CustomMac'; Script = 'Set-Esp32CustomMac 02:12:34:56:78:9a -Device $port' }
        @{ Cmdlet = 'Set-Esp32FlashVoltage'; Script = 'Set-Esp32FlashVoltage 3.3V -Device $port' }
        @{ Cmdlet = 'Lock-Esp32Efuse'; Script = 'Lock-Esp32Efuse BLOCK3 -Device $port' }
        @{ Cmdlet = 'Invoke-Esp32EfusePlan'; Script = '$plan = New-Esp32EfusePlan; Set-Esp32Efuse -Plan $plan @{ JTAG_DISABLE = 1 }; Invoke-Esp32EfusePlan $plan -Device $port' }
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Script = 'Enable-Esp32FlashEncryption Development -Device $port' }
        @{ Cmdlet = 'Enable-Esp32SecureBoot'; Script = 'Enable-Esp32SecureBoot -Digest ([byte[]] (1..32)) -Version V1 -Image @{ 0x1000 = ''bootloader.bin'' } -Device $port' }
        @{ Cmdlet = 'Write-Esp32Memory'; Script = 'Write-Esp32Memory 0x3FF5A098 1 -Force EfuseRegisters -Device $port' }
        @{ Cmdlet = 'Set-Esp32FlashStatus'; Script = 'Set-Esp32FlashStatus 0x1C -Device $port' }
    )
}

Describe 'The question before a burn' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        if (-not ('Module.AnsweringHost' -as [type])) {
            Add-Type -Path "$PSScriptRoot/AnsweringHost.cs"
        }

        New-TestFirmware -Folder $TestDrive

        # Runs a script where somebody gives these answers, and Enter alone when none is left.
        function Invoke-Answered {
            param([string] $Script, [string[]] $Answers)

            $person = [Module.AnsweringHost]::new()
            $Answers | Where-Object { $_ } | ForEach-Object { $person.Answers.Enqueue($_) }
            $runspace = [runspacefactory]::CreateRunspace($person)
            $runspace.Open()
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            try {
                $output = @($shell.AddScript("Import-Module '$(Get-ModuleManifest)'; Set-Location '$TestDrive'; `$port = '$port'; $Script").Invoke())
                # With -Debug, PowerShell asks questions of its own.
                $questions = @($person.Questions | Where-Object { $_[0] -match 'cannot be undone|for good' })
                [pscustomobject]@{ Output = $output; Questions = $questions; Errors = @($shell.Streams.Error); NestedPrompts = $person.NestedPrompts }
            }
            finally {
                $shell.Dispose()
                $runspace.Dispose()
            }
        }

        function Get-Fuse($Name) {
            $chip = Get-Esp32Simulator $Name
            (0..3 | ForEach-Object { $chip.ReadEfuseBlock($_) }) -join ' '
        }
    }

    BeforeEach {
        $port = New-TestChip esp32
        $fuses = Get-Fuse $port
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It '<Cmdlet>: Enter alone is No, and nothing is burned' -ForEach $cases {
        $asked = Invoke-Answered $Script
        $asked.Errors | Should -BeNullOrEmpty
        $asked.Questions.Count | Should -Be 1
        $asked.Questions[0][2] | Should -Be '&No'
        Get-Fuse $port | Should -Be $fuses
        (Get-Esp32FlashChip $port).Status | Should -Be 0
    }

    It '<Cmdlet>: Yes does it' -ForEach $cases {
        $asked = Invoke-Answered $Script 'Yes'
        $asked.Errors | Should -BeNullOrEmpty
        $asked.Questions.Count | Should -Be 1
        $asked.Output.Count | Should -BeGreaterThan 0
        if ($Cmdlet -eq 'Set-Esp32FlashStatus') {
            (Get-Esp32FlashChip $port).Status | Should -Be 0x1C
        }
        elseif ($Cmdlet -ne 'Write-Esp32Memory') {
            Get-Fuse $port | Should -Not -Be $fuses
        }
    }

    It 'is not asked, and the burn is <Burned>: <With>' -ForEach @(
        @{ With = '-Confirm:$false'; Burned = $true }
        @{ With = '-Confirm:$false -Debug'; Burned = $true }
        @{ With = '-WhatIf'; Burned = $false }
        @{ With = '-WhatIf -Confirm'; Burned = $false }
        @{ Before = '$ConfirmPreference = ''None'''; With = ''; Burned = $true }
        @{ Before = '$WhatIfPreference = $true'; With = ''; Burned = $false }
        @{ Before = '$WhatIfPreference = $true'; With = '-Confirm:$false'; Burned = $false }
    ) {
        $asked = Invoke-Answered "$($_['Before']); Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device `$port $With"
        $asked.Errors | Should -BeNullOrEmpty
        $asked.Questions.Count | Should -Be 0
        (Get-Fuse $port) -ne $fuses | Should -Be $Burned
    }

    It 'is asked with the default No: <Before> <With>' -ForEach @(
        @{ Before = ''; With = '' }
        @{ Before = '$ConfirmPreference = ''None'''; With = '-Confirm' }
        @{ Before = '$ConfirmPreference = ''None'''; With = '-Debug' }
        @{ Before = '$ConfirmPreference = ''Low'''; With = '' }
        @{ Before = '$ConfirmPreference = ''Medium'''; With = '' }
        @{ Before = '$WhatIfPreference = $true'; With = '-WhatIf:$false' }
        @{ Before = ''; With = '-ThrottleLimit 2' }
    ) {
        $asked = Invoke-Answered "$Before; Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device `$port $With"
        $asked.Errors | Should -BeNullOrEmpty
        @($asked.Questions | ForEach-Object { $_[2] }) | Should -Be @('&No')
        Get-Fuse $port | Should -Be $fuses
    }

    It 'is asked once for all that follow, and for each otherwise: <Answers>, side by side <Limit>' -ForEach @(
        foreach ($limit in 1, 3) {
            @{ Limit = $limit; Answers = @('Yes to All'); Burned = 4; Questions = 1 }
            @{ Limit = $limit; Answers = @('No to All'); Burned = 0; Questions = 1 }
            @{ Limit = $limit; Answers = @('Yes', 'No', 'Yes to All'); Burned = 3; Questions = 3 }
            @{ Limit = $limit; Answers = @('Suspend', 'Yes', 'No to All'); Burned = 1; Questions = 3 }
            @{ Limit = $limit; Answers = @('Yes', 'Yes'); Burned = 2; Questions = 4 }
        }
    ) {
        $ports = @(1..4 | ForEach-Object { New-TestChip esp32c3 })
        try {
            $asked = Invoke-Answered "'$($ports -join "', '")' | Set-Esp32Efuse @{ DIS_PAD_JTAG = 1 } -ThrottleLimit $Limit" $Answers
            $asked.Errors | Should -BeNullOrEmpty
            $asked.Questions.Count | Should -Be $Questions
            $asked.NestedPrompts | Should -Be @($Answers -eq 'Suspend').Count
            @($asked.Output | Where-Object Changed).Count | Should -Be $Burned
            @($ports | Where-Object { (Get-Esp32Efuse -Device $_ DIS_PAD_JTAG).Value }).Count | Should -Be $Burned
        }
        finally {
            $ports | ForEach-Object { Remove-Esp32Simulator $_ }
        }
    }

    It 'is asked anew in the next call' {
        $asked = Invoke-Answered '1..2 | ForEach-Object { Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device $port }' 'No to All'
        $asked.Questions.Count | Should -Be 2
    }

    It 'has the caption, and every bit in its text' {
        $asked = Invoke-Answered 'Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device $port'
        $asked.Questions[0][0] | Should -Match 'cannot be undone'
        $asked.Questions[0][1] | Should -Match 'JTAG_DISABLE'
        $asked.Questions[0][1] | Should -Match ', MAC '
    }

    It 'is an error with advice where nobody can be asked: side by side <Limit>' -ForEach @(@{ Limit = 1 }, @{ Limit = 2 }) {
        $ports = @(1..2 | ForEach-Object { New-TestChip esp32c3 })
        try {
            $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; '$($ports -join "', '")' | Set-Esp32Efuse @{ DIS_PAD_JTAG = 1 } -ThrottleLimit $Limit")
            $null = $shell.Invoke()
            $shell.Streams.Error.Count | Should -Be 2
            foreach ($failure in $shell.Streams.Error) {
                $failure.FullyQualifiedErrorId | Should -BeLike 'ConfirmationImpossible,*'
                $failure.ErrorDetails.RecommendedAction | Should -Match ([regex]::Escape('-Confirm:$false'))
            }

            $shell.Dispose()
            @($ports | Where-Object { (Get-Esp32Efuse -Device $_ DIS_PAD_JTAG).Value }).Count | Should -Be 0
        }
        finally {
            $ports | ForEach-Object { Remove-Esp32Simulator $_ }
        }
    }

    It 'is answered by Enter alone at a console with No, and by y with Yes: <Typed>' -ForEach @(
        @{ Typed = ''; Burned = 'False' }
        @{ Typed = 'n'; Burned = 'False' }
        @{ Typed = 'y'; Burned = 'True' }
    ) {
        $said = $Typed | Invoke-OtherProcess -Interactive @"
Import-Module '$(Get-ModuleManifest)'
`$null = Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device virtual:esp32
"burned: `$((Get-Esp32Efuse -Device virtual:esp32 JTAG_DISABLE).Value)"
"@
        $said | Should -Contain "burned: $Burned"
    }

    It 'is an error in a console that is not interactive' {
        $said = Invoke-OtherProcess @"
Import-Module '$(Get-ModuleManifest)'
try { `$null = Set-Esp32Efuse @{ JTAG_DISABLE = 1 } -Device virtual:esp32 -ErrorAction Stop } catch { `$_.FullyQualifiedErrorId }
"burned: `$((Get-Esp32Efuse -Device virtual:esp32 JTAG_DISABLE).Value)"
"@
        $said[-2] | Should -BeLike 'ConfirmationImpossible,*'
        $said[-1] | Should -Be 'burned: False'
    }

    It 'has a case for every cmdlet that cannot be undone' -ForEach @(@{ Known = @($cases | ForEach-Object { $_.Cmdlet }) }) {
        Get-Command -Module Esp32Tools -CommandType Cmdlet | Where-Object {
            $_.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0].ConfirmImpact -eq 'High'
        } | Where-Object Name -NotIn $Known | ForEach-Object Name | Should -BeNullOrEmpty
    }
}
