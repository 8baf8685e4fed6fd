<#
    After Ctrl-C a person knows what was burned: each step of a procedure is in the pipeline when it has happened, with the name
    of a port as with a session, and what the stopped pipeline no longer takes is shown at the host.
#>
Describe 'Ctrl-C in the middle of what cannot be undone' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        if (-not ('Module.AnsweringHost' -as [type])) {
            Add-Type -Path "$PSScriptRoot/AnsweringHost.cs"
        }

        New-TestFirmware -Folder $TestDrive
        $images = "@{ 0x1000 = '$TestDrive/bootloader.bin'; 0x8000 = '$TestDrive/partition-table.bin'; 0x10000 = '$TestDrive/app.bin' }"

        # Runs a script, stops it as Ctrl-C does when the condition holds for its output so far, and gives that output and
        # what was shown to the person.
        function Stop-Midway {
            param([string] $Script, [scriptblock] $When)

            $person = [Module.AnsweringHost]::new()
            $runspace = [runspacefactory]::CreateRunspace($person)
            $runspace.Open()
            $shell = [powershell]::Create()
            $shell.Runspace = $runspace
            $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $nothing.Complete()
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            try {
                $run = $shell.AddScript("Import-Module '$(Get-ModuleManifest)'; $Script").BeginInvoke($nothing, $output)
                $patience = [System.Diagnostics.Stopwatch]::StartNew()

                # To enumerate the collection would wait for its end.
                while ($true) {
                    # Asked first: a run that ends between the two questions has got that far.
                    $isCompleted = $run.IsCompleted
                    if (& $When @(for ($i = 0; $i -lt $output.Count; $i++) { "$($output[$i] | Select-Object -ExpandProperty Name -ErrorAction Ignore)" })) {
                        break
                    }

                    if ($isCompleted -or $patience.Elapsed.TotalSeconds -gt 60) {
                        throw "The script did not get that far: $($shell.Streams.Error -join '; ')"
                    }
                }

                $shell.Stop()
                [pscustomobject]@{ Output = @($output); Warnings = @($person.Warnings) }
            }
            finally {
                $shell.Dispose()
                $runspace.Dispose()
            }
        }

        function Test-Burned($Port, $Block) {
            [bool] @((Get-Esp32Simulator $Port).ReadEfuseBlock($Block) | Where-Object { $_ }).Count
        }
    }

    It 'has every step so far in the output: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Enable-Esp32FlashEncryption'; Script = 'Enable-Esp32FlashEncryption Release -Image $images -KeyDestination $folder'; Before = 'Check', 'Save'; Block = 1 }
        @{ Cmdlet = 'Enable-Esp32SecureBoot'; Script = 'Enable-Esp32SecureBoot -Digest ([byte[]] (1..32)) -Version V1 -Image $images'; Before = 'Check', 'Write', 'Verify'; Block = 2 }
    ) {
        $port = New-TestChip esp32
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        try {
            $stopped = Stop-Midway "`$images = $images; `$folder = '$folder'; $Script -Device $port -Confirm:`$false | ForEach-Object { `$_; if (`$_.Name -eq 'Key') { Start-Sleep 60 } }" { $args[0] -contains 'Key' }
            $stopped.Output.Name | Should -Be (@($Before) + 'Key')
            $stopped.Output[-1].Status | Should -Be 'Done'
            $stopped.Output[-1].PortName | Should -Be $port
            Test-Burned $port $Block | Should -BeTrue
            (Get-Esp32Efuse -Device $port FLASH_CRYPT_CNT).Value | Should -Be 0
            (Get-Esp32Efuse -Device $port ABS_DONE_0).Value | Should -BeFalse
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }

    It 'tells of each unit what was burned, side by side as well: <Limit>' -ForEach @(@{ Limit = 1 }, @{ Limit = 3 }) {
        $ports = @(1..3 | ForEach-Object { New-TestChip esp32 })
        try {
            $stopped = Stop-Midway "'$($ports -join "', '")' | Enable-Esp32FlashEncryption Release -Image $images -Key ([byte[]] (1..32)) -ThrottleLimit $Limit -Confirm:`$false | ForEach-Object { `$_; if (`$_.Name -eq 'Key') { Start-Sleep 60 } }" { $args[0] -contains 'Key' }
            foreach ($port in $ports) {
                $told = @($stopped.Output | Where-Object { $_.PortName -eq $port -and $_.Name -eq 'Key' }).Count + @($stopped.Warnings -match "${port}: \d+ Key").Count
                [bool] $told | Should -Be (Test-Burned $port 1)
            }

            @($ports | Where-Object { Test-Burned $_ 1 }).Count | Should -BeGreaterThan 0
        }
        finally {
            $ports | ForEach-Object { Remove-Esp32Simulator $_ }
        }
    }

    It 'shows at the host what burned after the pipeline had stopped: <Script>, side by side <Limit>' -ForEach @(
        foreach ($limit in 1, 2) {
            @{ Limit = $limit; Script = 'Write-Esp32EfuseKey FlashEncryption -Key ([byte[]] (1..32))' }
            @{ Limit = $limit; Script = '$plan = New-Esp32EfusePlan; Write-Esp32EfuseKey -Plan $plan FlashEncryption -Key ([byte[]] (1..32)); Write-Esp32EfuseBlock -Plan $plan BLOCK3 -Data ([byte[]] (1..32)); Invoke-Esp32EfusePlan $plan' }
            @{ Limit = $limit; Script = 'Enable-Esp32FlashEncryption Development -Force FlashContentsUnproven' }
        }
    ) {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
        try {
            # The chip has the key, and the rest of the burn is still to come, or the port still to be left.
            $stopped = Stop-Midway "$Script -Device $port, $port -ThrottleLimit $Limit -Confirm:`$false" { $chip.ReadEfuseBlock(1) -ne 0 }
            $told = @($stopped.Output | ForEach-Object { "$_" }) + @($stopped.Warnings)
            @($told -match 'burned|Key').Count | Should -BeGreaterThan 0
            "$told" | Should -Not -Match '0102030405|1,2,3,4|1 2 3 4'
        }
        finally {
            Remove-Esp32Simulator $port
        }
    }
}
