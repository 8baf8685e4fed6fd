BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32Port' {
    BeforeAll {
        $port = New-TestChip esp32c3 @{ UsbSerialJtag = $true }
    }

    AfterAll {
        Remove-Esp32Simulator $port
    }

    It 'lists virtual chips among the ports' {
        (Get-Esp32Port).PortName | Should -Contain $port
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'vendor'; Filter = @{ VendorId = 0x303A } }
        @{ Name = 'product'; Filter = @{ ProductId = 0x1001 } }
        @{ Name = 'wildcard'; Filter = @{ Name = 'virtual:test-*' } }
        @{ Name = 'kind and description'; Filter = @{ Kind = 'Virtual'; Description = '*C3*'; VendorId = 0x303A } }
    ) {
        $found = @(Get-Esp32Port @Filter)
        $found.PortName | Should -Contain $port
        $found.PortName | Should -Not -Contain 'virtual:esp32'
    }

    It 'is quiet about what is not there' {
        Get-Esp32Port -SerialNumber none | Should -BeNullOrEmpty
    }

    It 'gives numbers for ids' {
        (Get-Esp32Port $port).VendorId | Should -BeExactly 0x303A
    }

    Context 'waiting' {
        BeforeAll {
            # Another runspace of this process, in which virtual chips come one after the other.
            function Start-Chip([string[]] $Name) {
                $script = @'
param($Module, $Name)
Import-Module $Module
foreach ($item in $Name) { Start-Sleep -Milliseconds 400; $null = New-Esp32Simulator esp32 -Name $item }
'@
                $shell = [powershell]::Create().AddScript($script).AddArgument((Get-Module Esp32Tools).Path).AddArgument($Name)
                $null = $shell.BeginInvoke()
                $shell
            }
        }

        It 'gives the port that comes, and not those that are there' {
            $shell = Start-Chip arriving-1
            try {
                (Get-Esp32Port virtual:* -Wait -Timeout 60).PortName | Should -Be 'virtual:arriving-1'
            }
            finally {
                $shell.Dispose()
                Remove-Esp32Simulator virtual:arriving-1
            }
        }

        It 'gives as many as are asked for, each when it comes' {
            $shell = Start-Chip arriving-2, other-2, arriving-3
            try {
                $seen = Get-Esp32Port virtual:arriving-* -Wait -Count 2 -Timeout 60 |
                    ForEach-Object { '{0} {1}' -f $_.PortName, [bool] (Get-Esp32Simulator arriving-3*) }
                $seen | Should -Be 'virtual:arriving-2 False', 'virtual:arriving-3 True'
            }
            finally {
                $shell.Dispose()
                'arriving-2', 'other-2', 'arriving-3' | Remove-Esp32Simulator
            }
        }

        It 'fails with <Id> when none comes in time' -ForEach @(@{ Id = 'PortWaitTimeout' }) {
            $failure = { Get-Esp32Port virtual:never -Wait -Timeout 0.2 } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $failure.CategoryInfo.Category | Should -Be OperationTimeout
        }

        It 'takes a timeout only with a wait' {
            (Get-Command Get-Esp32Port).ParameterSets.Where{ $_.Parameters.Name -contains 'Timeout' }.Name | Should -Be Wait
        }
    }

    It 'does not know a socket that is empty' {
        $failure = { Get-Esp32Device usb:99-9.9 -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'PortNotFound,*'
        $failure.TargetObject | Should -Be 'usb:99-9.9'
    }
}
