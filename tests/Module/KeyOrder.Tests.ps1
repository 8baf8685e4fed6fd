<#
    A key is on the disk before a bit of it is burned: file, name and folder are flushed before the first burn command goes out.
    PowerShell runs under strace, and the virtual chip is behind a socket, so that both are system calls in one list.
#>
Describe 'A key that is made and burned' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        New-TestFirmware -Folder $TestDrive -ChipId 5
        $images = "@{ 0x0 = '$TestDrive/bootloader.bin'; 0x8000 = '$TestDrive/partition-table.bin'; 0x10000 = '$TestDrive/app.bin' }"

        function Find-First([string[]] $Lines, [string] $Pattern, [int] $After = 0) {
            for ($i = $After; $i -lt $Lines.Count; $i++) {
                if ($Lines[$i] -match $Pattern) {
                    return $i
                }
            }

            -1
        }
    }

    It 'is on the disk first: <Name>' -ForEach @(
        @{ Name = 'Enable-Esp32FlashEncryption'; File = '*.key'; Script = 'Enable-Esp32FlashEncryption Development -Image $images -KeyDestination . -Device $port -Confirm:$false' }
        @{ Name = 'New-Esp32FlashKey'; File = 'k.bin'; Script = 'New-Esp32FlashKey k.bin | Write-Esp32EfuseKey XTS_AES_128_KEY -Device $port -Confirm:$false' }
        @{ Name = 'New-Esp32FactoryData'; File = 'out/keys/*.bin'; Script = '@{ a = 1 } | New-Esp32FactoryData -Destination out -Size 12KB -Schema @{ Namespace = ''n''; Key = ''a''; Encoding = ''u8'' } -KeyPerUnit Hmac | Write-Esp32EfuseKey HMAC_UP -Device $port -Confirm:$false' }
        @{ Name = 'New-Esp32SigningKey'; File = 'k.pem'; Script = 'New-Esp32SigningKey k.pem Rsa3072 | Out-Null; Write-Esp32EfuseKey SECURE_BOOT_DIGEST0 k.pem -Device $port -Confirm:$false' }
    ) {
        if (-not (Get-Command strace -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no strace here'
            return
        }

        $board = New-TestChip esp32c3
        $port = (Start-Esp32SimulatorServer $board).PortName
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))).FullName
        $log = "$folder.strace"
        $powershell = (Get-Process -Id $PID).Path
        $arguments = @(
            if ([System.IO.Path]::GetFileNameWithoutExtension($powershell) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
            '-NoProfile', '-NonInteractive', '-Command'
            "Import-Module '$(Get-ModuleManifest)'; Set-Location '$folder'; `$port = '$port'; `$images = $images; `$results = @($Script); `"results: `$(`$results.Count)`""
        )
        try {
            $said = & strace -f -y -x -s 400 --seccomp-bpf -e trace=fsync,link,linkat,rename,renameat,renameat2,sendto,sendmsg,write -o $log $powershell @arguments 2>&1
            if (-not (Test-Path $log) -or "$said" -match 'PTRACE|Operation not permitted') {
                Set-ItResult -Skipped -Because 'strace may not trace here'
                return
            }

            "$said" | Should -Match 'results: [1-9]'
        }
        finally {
            Remove-Esp32Simulator $board
        }

        $key = (Get-Item (Join-Path $folder $File)).FullName
        $name = [regex]::Escape($key)
        $lines = Get-Content $log

        # WRITE_REG of the command register of the eFuse controller, with the bit that burns.
        $burn = Find-First $lines '(send|write).*\\xd4\\x89\\x00\\x60\\x[0-9a-f][26ae]'
        $flushed = Find-First $lines "fsync\(\d+<$name[^>/]*>"
        $named = Find-First $lines "(link|rename)[a-z0-9]*\(.*`"$name`"" $flushed
        $held = Find-First $lines "fsync\(\d+<$([regex]::Escape((Split-Path $key)))>" $named
        $flushed | Should -BeGreaterThan -1
        $named | Should -BeGreaterThan $flushed
        $held | Should -BeGreaterThan $named
        $burn | Should -BeGreaterThan $held
    }

    It 'has a case for every cmdlet that makes a key' -ForEach @(@{ Known = 'Enable-Esp32FlashEncryption', 'New-Esp32FlashKey', 'New-Esp32FactoryData', 'New-Esp32SigningKey' }) {
        # An NVS key goes into flash or is derived of a key in the eFuses, and is not burned.
        $makers = @(Get-Command -Module Esp32Tools -CommandType Cmdlet | Where-Object {
                $_.Parameters.Keys -match '^KeyPerUnit$|^KeyDestination$' -or ($_.Verb -eq 'New' -and $_.Noun -match 'Key$')
            } | ForEach-Object Name)
        $makers.Count | Should -BeGreaterThan 3
        $makers | Where-Object { $_ -notin $Known -and $_ -ne 'New-Esp32NvsKey' } | Should -BeNullOrEmpty
    }
}
