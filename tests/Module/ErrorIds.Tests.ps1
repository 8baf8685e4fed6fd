# The error ids that each page of help names, against those that its cmdlet gives. A row of an ErrorIds.*.ps1 file makes one
# failure happen: page, id, chip ('coded' for an ESP32 with 3/4 coding, empty for none), script, and settings of the chip.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    function Row([string] $Page, [string] $Id, [string] $Chip, [scriptblock] $Script, [hashtable] $With = @{}) {
        @{ Page = $Page; Id = $Id; Chip = $Chip; Script = $Script; With = $With }
    }

    $rows = @(Get-ChildItem $PSScriptRoot -Filter 'ErrorIds.*.ps1' | Where-Object Name -NotLike '*.Tests.ps1' | ForEach-Object { . $_.FullName })
    $written = foreach ($row in $rows) { "$($row.Page) $($row.Id)" }

    # Failures that no virtual chip has: each is tested below the cmdlets.
    $unprovoked = @{
        'Write-Esp32EfuseKey EfuseTimeout' = 'the eFuse controller of a virtual chip always ends its work'
        'Write-Esp32EfuseKey EfuseCrystal' = 'every virtual chip has a crystal that its eFuses can be burned with'
    }

    # Words that are no ids of errors of that page, though there is an error of the same name.
    $otherwise = @{
        'Get-Esp32SecurityState EncryptionWithoutKey' = 'the id of a finding'
        'Get-Esp32SecurityState SecureDownloadMode' = 'the id of a finding'
    }

    # Ids that have no row yet. This list gets shorter, and never longer: see below.
    $open = foreach ($line in @(
            'Clear-Esp32OtaSlot ImageForOtherChip ImageInvalid ImageRevision ImageTruncated'
            'Clear-Esp32Partition FlashEncrypted PartitionReadOnly SecureBootProtected'
            'Connect-Esp32Device BaudRateChangeFailed GarbledAnswer NoAnswer NotAnEspressifChip PortAccessDenied StubStartFailed WrongBootMode'
            'ConvertTo-Esp32Image SegmentLimit SegmentsShareFlashPage'
            'Enable-Esp32FlashEncryption DownloadEncryptDisabled VerifyFailed'
            'Get-Esp32Partition PartitionTableInvalid'
            'Import-Esp32Partition ImageMisplaced ImageRevision ManifestForOtherUnit ManifestInvalid PartitionReadOnly PartitionTableDiffers PartitionTableInvalid SecureBootProtected'
            'Invoke-Esp32RamImage ImageRevision OutputFailed OutputTimeout RamInUse'
            'Merge-Esp32Image FlashSizeBelowTable PartitionTableInvalid PartitionTableMissing'
            'Read-Esp32Flash FlashReadFailed'
            'Restart-Esp32Device PortUnsupported'
            'Set-Esp32FlashStatus VerifyFailed'
            'Set-Esp32OtaSlot ImageForOtherChip ImageInvalid ImageRevision ImageTruncated OtaRollbackImpossible'
            'Start-Esp32SimulatorServer SimulatorServer'
            'Test-Esp32Flash FlashEncrypted'
            'Write-Esp32Flash ChipMismatch FlashSizeBelowTable ImageRevision KeyRecoveryArea Misaligned PartitionTableInvalid PartitionTableMissing PartitionsBeyondFlash SettingsConflict'
            'Write-Esp32Memory VerifyFailed'
            'New-Esp32FactoryData FileExists'
            'New-Esp32Simulator SimulatorStateInvalid'
        )) {
        $page, $ids = $line -split ' '
        $ids | ForEach-Object { "$page $_" }
    }

    $codes = [Enum]::GetNames([Esp32Tools.Errors.ErrorCode])
    $pages = Join-Path $PSScriptRoot '../../module/help/en-US'
    $named = foreach ($page in Get-ChildItem $pages -Filter '*-Esp32*.md') {
        foreach ($id in [regex]::Matches((Get-Content $page -Raw), '`(\w+)`') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique | Where-Object { $_ -cin $codes }) {
            $pair = "$($page.BaseName) $id"
            if (-not $otherwise.ContainsKey($pair)) {
                @{ Pair = $pair; HasRow = $pair -in $written -or $unprovoked.ContainsKey($pair); IsOpen = $pair -in $open }
            }
        }
    }

    $lists = @{ Listed = @($unprovoked.Keys) + @($otherwise.Keys) + $open; Written = $written; Open = $open; Pairs = @($named.Pair) + @($otherwise.Keys) }
}

Describe 'Error ids that pages of help name' {
    It '<Pair> has a row that makes it happen' -ForEach $named {
        $HasRow -or $IsOpen | Should -BeTrue
    }

    It 'are left open no more than they were' -ForEach $lists {
        $Open.Count | Should -BeLessOrEqual 56
        $Listed | Where-Object { $_ -in $Written } | Should -BeNullOrEmpty -Because 'they have a row'
        $Listed | Where-Object { $_ -notin $Pairs } | Should -BeNullOrEmpty -Because 'no page names them'
    }
}

Describe 'Failures' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        $ConfirmPreference = 'None'
        $WarningPreference = 'SilentlyContinue'
        $work = Join-Path $TestDrive 'work'
        $null = New-TestFirmware -Folder $work
        Push-Location $work
        [System.IO.File]::WriteAllBytes("$work/other.bin", [byte[]] (0x51..0x70))
        [System.IO.File]::WriteAllBytes("$work/short.bin", [byte[]] (1..7))
        [System.IO.File]::WriteAllBytes("$work/bootloader-c3.bin", (New-TestImage -Length 20000 -ChipId 5))
        $null = New-Esp32SigningKey rsa.pem Rsa3072
        $null = New-Esp32SigningKey ec.pem EcdsaP256
        $null = New-Esp32SigningKey closed.pem EcdsaP256 -Passphrase (ConvertTo-SecureString 'test' -AsPlainText -Force)
        $null = Export-Esp32PublicKey ec.pem ec.pub.pem
        $null = Add-Esp32ImageSignature bootloader.bin signed.bin -Key rsa.pem
        $null = Add-Esp32ImageSignature bootloader.bin signed2.bin -Key rsa.pem
        $null = Add-Esp32ImageSignature bootloader-c3.bin signed-c3.bin -Key rsa.pem
        [System.IO.File]::WriteAllBytes("$work/bootloader-p4.bin", (New-TestImage -Length 20000 -ChipId 18))
        $null = Add-Esp32ImageSignature bootloader-p4.bin signed-p4.bin -Key rsa.pem
        $images = @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
        $pages = Join-Path $PSScriptRoot '../../module/help/en-US'

        # Burns the mode in which the loader tells little.
        function Close-TestLoader([string] $Port) {
            $null = Set-Esp32Efuse -Device $Port -Name ENABLE_SECURITY_DOWNLOAD
        }
    }

    AfterAll { Pop-Location }

    It '<Page> gives <Id>, on <Chip>: <Script>' -ForEach $rows {
        $present = @(Get-ChildItem $work)
        $port = switch ($Chip) { '' { $null } 'coded' { New-TestCodedChip } default { New-TestChip $Chip $With } }
        $failure = $null
        try {
            $null = . ([scriptblock]::Create($Script))
        }
        catch {
            $failure = $_
        }
        finally {
            if ($port) { Remove-Esp32Simulator $port }
            Get-ChildItem $work | Where-Object Name -NotIn $present.Name | Remove-Item -Recurse
        }

        $failure.FullyQualifiedErrorId | Should -Be "$Id,$((Get-Command $Page).ImplementingType.FullName)" -Because "$failure"
        Get-Content (Join-Path $pages "$Page.md") -Raw | Should -MatchExactly "``$Id``"
    }
}
