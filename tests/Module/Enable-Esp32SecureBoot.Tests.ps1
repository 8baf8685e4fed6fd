BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Enable-Esp32SecureBoot' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        Push-Location $TestDrive
        $null = New-Esp32SigningKey main.pem Rsa3072
        $null = New-Esp32SigningKey v1.pem EcdsaP256
        $null = Export-Esp32PublicKey main.pem main.pub.pem
        $null = Add-Esp32ImageSignature bootloader.bin signed.bin -Key main.pem
        $images = @{ 0x1000 = 'signed.bin' }
        $common = @{ Image = $images; Force = 'ReadProtectionLost' }
    }

    AfterAll {
        Pop-Location
    }

    BeforeEach {
        $port = New-TestChip esp32
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'goes through the steps, and on a finished unit does nothing and asks nothing' {
        $steps = Enable-Esp32SecureBoot -Device $port main.pem @common -Confirm:$false -WarningAction SilentlyContinue
        $steps.Name | Should -Be 'Check', 'Key', 'Write', 'Verify', 'Enable', 'Lock'
        $steps.Status | Select-Object -Unique | Should -Be Done
        $steps[2].Proof | Should -Be Digested
        $steps[4].Efuses[0].Name | Should -Be 'ABS_DONE_1'
        $steps | Out-String -Width 200 | Should -Match 'Enable: Done, proof ReadBack'
        (Get-Esp32SecurityState $port).SecureBoot | Should -Be 2

        # It would hang here, or fail without a prompt, if it asked.
        $again = Enable-Esp32SecureBoot -Device $port main.pub.pem @common -WarningAction SilentlyContinue
        ($again | Where-Object Name -ne Check).Status | Select-Object -Unique | Should -Be AlreadySo
    }

    It 'shows the whole plan with -WhatIf and touches nothing' {
        $before = (Get-Esp32Efuse -Device $port).RawValue
        $shown = Get-Shown "Set-Location '$TestDrive'; Enable-Esp32SecureBoot -Device $port main.pem -Image @{ 0x1000 = 'signed.bin' } -Force ReadProtectionLost -WhatIf"
        $shown | Should -Match 'ABS_DONE_1'
        $shown | Should -Match 'JTAG_DISABLE'
        $shown | Should -Match 'BLOCK2'
        (Get-Esp32Efuse -Device $port).RawValue | Should -Be $before
    }

    It 'takes a digest as a file, as bytes and as an object' {
        $digest = Get-Esp32KeyDigest main.pem
        $bytes = [byte[]] ($digest.Digest -split '(..)' -ne '' | ForEach-Object { [convert]::ToByte($_, 16) })
        [System.IO.File]::WriteAllBytes("$TestDrive/digest.bin", $bytes)
        foreach ($form in 'digest.bin', $bytes, $digest) {
            $steps = Enable-Esp32SecureBoot -Device $port $form @common -WhatIf -WarningAction SilentlyContinue
            $steps[1].Name | Should -Be 'Key'
            $steps[1].Status | Should -Be 'Planned'
        }

        { Enable-Esp32SecureBoot -Device $port key.bin, signed.bin @common -WhatIf } | Should -Throw -ErrorId 'KeyLength,*'
    }

    It 'refuses a bootloader that would not start, before anything is burned' {
        $before = (Get-Esp32Efuse -Device $port).RawValue
        { Enable-Esp32SecureBoot -Device $port main.pem -Image @{ 0x1000 = 'bootloader.bin' } -Force ReadProtectionLost -Confirm:$false } |
            Should -Throw -ErrorId 'BootloaderNotSigned,*'
        { Enable-Esp32SecureBoot -Device $port main.pem -Force ReadProtectionLost -Confirm:$false } | Should -Throw -ErrorId 'BootloaderNotSigned,*'
        { Enable-Esp32SecureBoot -Device $port main.pem -Image $images -Force BootloaderNotSigned -Confirm:$false } | Should -Throw -ErrorId 'ValueInvalid,*'
        (Get-Esp32Efuse -Device $port).RawValue | Should -Be $before
    }

    It 'does version 1, with one key, of which nothing is shown' {
        $key = [byte[]] (1..32 | ForEach-Object { ($_ * 7 + 3) % 256 })
        [System.IO.File]::WriteAllBytes("$TestDrive/v1.key", $key)
        $shown = Get-Shown "Set-Location '$TestDrive'; Enable-Esp32SecureBoot -Device $port v1.key -Version 1 -Image @{ 0x1000 = 'bootloader.bin' } -Confirm:`$false -Verbose"
        $shown | Should -Match 'ABS_DONE_0'
        Assert-NoKeyIn $shown $key
        (Get-Esp32SecurityState $port).SecureBoot | Should -Be 1
        { Enable-Esp32SecureBoot -Device $port v1.pem, v1.key -Version 1 -Confirm:$false } | Should -Throw -ErrorId 'SettingsConflict,*'
    }

    It 'closes the loader last' {
        $other = New-TestChip esp32s3
        try {
            New-TestFirmware -Folder "$TestDrive/s3" -ChipId 9
            $null = Add-Esp32ImageSignature s3/bootloader.bin s3/signed.bin -Key main.pem
            $steps = Enable-Esp32SecureBoot -Device $other main.pem -Image @{ 0x0 = 's3/signed.bin' } -Force ReadProtectionLost -RevokeUnused -DownloadMode Secure -Confirm:$false -WarningAction SilentlyContinue
            $steps[-1].Name | Should -Be Close
            (Get-Esp32SecurityState $other).SecureDownloadMode | Should -BeTrue
            (Enable-Esp32SecureBoot -Device $other main.pem).Name | Should -Be Check
        }
        finally {
            Remove-Esp32Simulator $other
        }
    }

    It 'completes what can be lifted' {
        $text = 'Enable-Esp32SecureBoot -Device COM1 -Force '
        (TabExpansion2 $text $text.Length).CompletionMatches.CompletionText | Should -Contain 'BootloaderUnchecked'
    }
}
