BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Enable-Esp32FlashEncryption' {
    BeforeAll {
        $quickstart = New-TestFirmware -Folder $TestDrive
        $key = [byte[]] (1..32 | ForEach-Object { $_ * 5 })
        $keyFile = Join-Path $TestDrive 'unit.key'
        [System.IO.File]::WriteAllBytes($keyFile, $key)
        $images = @{ 0x1000 = "$TestDrive/bootloader.bin"; 0x8000 = "$TestDrive/partition-table.bin"; 0x10000 = "$TestDrive/app.bin" }
    }

    BeforeEach {
        $port = New-TestChip esp32
        $chip = Get-Esp32Simulator $port
    }

    AfterEach {
        Remove-Esp32Simulator $port
    }

    It 'takes a unit to release mode, step by step, and does nothing the second time' {
        $steps = Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key $keyFile -Confirm:$false
        $steps.Name | Should -Be 'Check', 'Key', 'Prove', 'Write', 'Verify', 'Enable', 'Lock'
        $steps.Status | Select-Object -Unique | Should -Be 'Done'
        $steps.Number | Should -Be (1..7)
        ($steps | Where-Object Name -EQ Prove).Proof | Should -Be 'ShownByChip'
        ($steps | Where-Object Name -EQ Verify).Proof | Should -Be 'Digested'
        $enabled = ($steps | Where-Object Name -EQ Enable).Efuses
        $enabled[0].Name | Should -Be 'FLASH_CRYPT_CNT'
        (Get-Esp32SecurityState $port).FlashEncryption | Should -Be 'Release'

        # Not confirmed, and so it would ask if there were anything to ask.
        $again = Enable-Esp32FlashEncryption -Device $port Release -Image $images -Key $keyFile
        $again.Status | Sort-Object -Unique | Should -Be 'AlreadySo', 'Done'
    }

    It 'makes no key for a unit without a MAC address, whose file would be everybody''s' {
        $blank = "$TestDrive/blank.efuse"
        $null = Export-Esp32Efuse -Device $port $blank -Force
        [System.IO.File]::WriteAllBytes($blank, [byte[]]::new((Get-Item $blank).Length))
        $null = New-Esp32Simulator esp32 -Name nameless -EfusePath $blank
        try {
            { Enable-Esp32FlashEncryption -Device virtual:nameless Release -Image $images -KeyDestination $TestDrive -Confirm:$false } |
                Should -Throw -ErrorId 'ValueInvalid,*' -ExpectedMessage '*no MAC address*'
            (Get-Esp32SecurityState virtual:nameless).KeySlots.IsEmpty | Should -Not -Contain $false
        }
        finally {
            Remove-Esp32Simulator nameless
        }
    }

    It 'makes a key for each unit, keeps it by its MAC address, and finds it again' {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        $steps = Enable-Esp32FlashEncryption -Device $port Development -Image $images -KeyDestination $folder -Confirm:$false
        $steps[1].Name | Should -Be 'Save'
        $file = Get-ChildItem $folder
        $file.Name | Should -Be "$((Get-Esp32Device $port).Mac -replace ':').key"
        $file.Length | Should -Be 32
        if ($IsLinux) {
            $file.UnixMode | Should -Be '-rw-------'
        }

        $steps = Enable-Esp32FlashEncryption -Device $port Release -Image $images -KeyDestination $folder -Confirm:$false
        $steps.Name | Should -Not -Contain 'Save'
        ($steps | Where-Object Name -EQ Prove).Proof | Should -Be 'ShownByChip'
        (Get-Esp32SecurityState $port).FlashEncryption | Should -Be 'Release'
        Unprotect-Esp32Image (& {
                $raw = "$TestDrive/raw.bin"
                $null = Read-Esp32Flash -Device $port 0x10000 0x1000 -Path $raw -Force
                $raw
            }) "$TestDrive/plain.bin" -Key $file.FullName -Address 0x10000 -Chip esp32 -Force
        [System.IO.File]::ReadAllBytes("$TestDrive/plain.bin")[0] | Should -Be 0xE9
    }

    It 'plans with -WhatIf, and neither burns nor writes nor keeps a key' {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        $before = (0..3 | ForEach-Object { $chip.ReadEfuseBlock($_) }) -join ' '
        $steps = Enable-Esp32FlashEncryption -Device $port Release -Image $images -KeyDestination $folder -WhatIf
        ($steps | Where-Object Name -EQ Key).Status | Should -Be 'Planned'
        ($steps | Where-Object Name -EQ Lock).Efuses.Name | Should -Contain 'JTAG_DISABLE'
        Get-ChildItem $folder | Should -BeNullOrEmpty
        (0..3 | ForEach-Object { $chip.ReadEfuseBlock($_) }) -join ' ' | Should -Be $before
        $chip.ReadFlash(0x1000, 1)[0] | Should -Be 0xFF
    }

    It 'shows every bit in the plan and the key nowhere' {
        # Each run would make another key.
        $shown = Get-Shown "Enable-Esp32FlashEncryption -Device $port Release -Image @{ 0x10000 = '$TestDrive/app.bin' } -KeyDestination '$TestDrive' -WhatIf"
        $shown | Should -Match 'a key made for this unit'
        $shown | Should -Not -Match 'SHA-256'

        $shown = Get-Shown "Enable-Esp32FlashEncryption -Device $port Release -Image @{ 0x10000 = '$TestDrive/app.bin' } -Key '$keyFile' -WhatIf"
        $shown | Should -Match 'FLASH_CRYPT_CNT\s+bit 20-26'
        $shown | Should -Match '1\. Check'
        $shown | Should -Not -Match '05\s*0a\s*0f\s*14|5\s+10\s+15\s+20\s+25'
    }

    It 'says what is wrong by an id of its own' {
        [System.IO.File]::WriteAllBytes("$TestDrive/short.key", [byte[]] (1..16))
        $first = @{ Device = $port; Mode = 'Release'; Image = $images; Confirm = $false }
        { Enable-Esp32FlashEncryption @first -Key "$TestDrive/short.key" } | Should -Throw -ErrorId 'KeyLength,*'
        { Enable-Esp32FlashEncryption @first -Key $keyFile -DownloadMode Secure } | Should -Throw -ErrorId 'ChipUnsupported,*'
        { Enable-Esp32FlashEncryption @first -Key $keyFile -FirstBoot -DownloadMode Disabled } | Should -Throw -ErrorId 'SettingsConflict,*'
        { Enable-Esp32FlashEncryption @first -KeyDestination "$TestDrive/nowhere" } | Should -Throw -ErrorId 'FolderNotFound,*'
        { Enable-Esp32FlashEncryption @first -Key $keyFile -Force NoAnswer } | Should -Throw -ErrorId 'ValueInvalid,*'

        $null = Write-Esp32Flash -Device $port $images
        $bare = @{ Device = $port; Mode = 'Release'; Key = $keyFile; Confirm = $false }
        { Enable-Esp32FlashEncryption @bare } | Should -Throw -ErrorId 'FlashContentsUnproven,*'

        $null = Enable-Esp32FlashEncryption -Device $port Development -Image $images -Key $keyFile -Confirm:$false
        [System.IO.File]::WriteAllBytes("$TestDrive/other.key", [byte[]] (101..132))
        { Enable-Esp32FlashEncryption @first -Key "$TestDrive/other.key" } | Should -Throw -ErrorId 'FlashKeyMismatch,*'
    }

    It 'refuses images of another chip, and a chip in secure download mode' {
        $other = New-TestChip esp32c3
        try {
            { Enable-Esp32FlashEncryption -Device $other Release -Image $images -Key $keyFile -Confirm:$false } | Should -Throw -ErrorId 'ImageForOtherChip,*'
            $steps = Enable-Esp32FlashEncryption -Device $other Release -Key $keyFile -DownloadMode Secure -Confirm:$false -WarningAction SilentlyContinue
            ($steps | Where-Object Name -EQ Close).Proof | Should -Be 'NotVerifiable'
            { Enable-Esp32FlashEncryption -Device $other Release -Key $keyFile -Confirm:$false } | Should -Throw -ErrorId 'SecureDownloadMode,*'
        }
        finally {
            Remove-Esp32Simulator $other
        }
    }

    It 'takes many units at once' {
        $ports = 1..2 | ForEach-Object { New-TestChip esp32c3 }
        try {
            $folder = Join-Path $TestDrive ([guid]::NewGuid())
            $null = New-Item -ItemType Directory $folder
            $steps = Enable-Esp32FlashEncryption -Device $ports Development -KeyDestination $folder -ThrottleLimit 2 -Confirm:$false -WarningAction SilentlyContinue
            ($steps | Where-Object Name -EQ Enable).Status | Should -Be 'Done', 'Done'
        }
        finally {
            $ports | Remove-Esp32Simulator
        }
    }
}
