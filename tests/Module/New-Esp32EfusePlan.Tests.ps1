BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'New-Esp32EfusePlan' {
    It 'makes an empty plan, even in a script that runs with -WhatIf' {
        $WhatIfPreference = $true
        $plan = New-Esp32EfusePlan
        $plan.Items | Should -BeNullOrEmpty
        $plan.IsDisposed | Should -BeFalse
    }

    It 'is added to by every cmdlet that burns, without a chip and without a question' {
        $plan = New-Esp32EfusePlan
        $output = @(
            Write-Esp32EfuseKey -Plan $plan FlashEncryption -Key ([byte[]] (0x51..0x70))
            Write-Esp32EfuseBlock -Plan $plan BLOCK3 -Data ([byte[]] (0x51..0x54)) -Offset 8
            Set-Esp32Efuse -Plan $plan @{ JTAG_DISABLE = 1 }
            Set-Esp32CustomMac -Plan $plan 02:12:34:56:78:9a
            Set-Esp32FlashVoltage -Plan $plan 3.3V
            Lock-Esp32Efuse -Plan $plan BLOCK3, JTAG_DISABLE
        )
        $output | Should -BeNullOrEmpty
        $plan.Items.Count | Should -Be 7
        $plan.Items[0] | Should -Match '^a key block: key for FlashEncryption, 32 bytes'
        $shown = ($plan | Out-String -Width 300) + ($plan | Format-List * -Force | Out-String -Width 300)
        Assert-NoKeyIn $shown ([byte[]] (0x51..0x70))
    }

    It 'takes no wrong input' {
        $plan = New-Esp32EfusePlan
        { Set-Esp32Efuse -Plan $plan 5 } | Should -Throw -ErrorId 'EfuseValueInvalid,*'
        { Write-Esp32EfuseKey -Plan $plan FlashEncryption -LiteralPath missing.bin } | Should -Throw -ErrorId 'FileNotFound,*'
        { Set-Esp32Efuse -Plan $plan @{ JTAG_DISABLE = 1 } -Force KeyReadable } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
        $plan.Items | Should -BeNullOrEmpty
    }

    It 'takes nothing and burns nothing once it is disposed' {
        $port = New-TestChip esp32
        $plan = New-Esp32EfusePlan
        Write-Esp32EfuseKey -Plan $plan FlashEncryption -Key ([byte[]] (1..32))
        $plan.Dispose()
        $plan.IsDisposed | Should -BeTrue
        $plan.Items | Should -BeNullOrEmpty
        { Lock-Esp32Efuse -Plan $plan BLOCK3 } | Should -Throw -ErrorId 'EfusePlanStale,*'
        { Invoke-Esp32EfusePlan -Device $port $plan -Confirm:$false } | Should -Throw -ErrorId 'EfusePlanStale,*'
        Remove-Esp32Simulator $port
    }
}
