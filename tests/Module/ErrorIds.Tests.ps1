# The error ids that each page of help names, against those that its cmdlet gives. A row of an ErrorIds.*.ps1 file makes one
# failure happen: page, id, chip ('coded' for an ESP32 with 3/4 coding, empty for none), script, settings of the chip, and the
# cmdlet that fails if it is another one.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    function Row([string] $Page, [string] $Id, [string] $Chip, [scriptblock] $Script, [hashtable] $With = @{}, [string] $By = $Page) {
        @{ Page = $Page; Id = $Id; Chip = $Chip; Script = $Script; With = $With; By = $By }
    }

    $rows = @(Get-ChildItem $PSScriptRoot -Filter 'ErrorIds.*.ps1' | Where-Object Name -NotLike '*.Tests.ps1' | ForEach-Object { . $_.FullName })
    $written = foreach ($row in $rows) { "$($row.Page) $($row.Id)" }

    # Failures that no virtual chip has: each is tested below the cmdlets.
    $unprovoked = @{
        'Connect-Esp32Device PortAccessDenied' = 'every user may open the port of a virtual chip'
        'Write-Esp32EfuseKey EfuseTimeout' = 'the eFuse controller of a virtual chip always ends its work'
        'Write-Esp32EfuseKey EfuseCrystal' = 'every virtual chip has a crystal that its eFuses can be burned with'
    }

    # Words that are no ids of errors of that page, though there is an error of the same name.
    $otherwise = @{
        'Get-Esp32SecurityState EncryptionWithoutKey' = 'the id of a finding'
        'Get-Esp32SecurityState SecureDownloadMode' = 'the id of a finding'
    }

    $codes = [Enum]::GetNames([Esp32Tools.Errors.ErrorCode])
    $pages = Join-Path $PSScriptRoot '../../module/help/en-US'
    $named = foreach ($page in Get-ChildItem $pages -Filter '*-Esp32*.md') {
        $ids = [regex]::Matches((Get-Content $page -Raw), '`(\w+)`') | ForEach-Object { $_.Groups[1].Value } | Sort-Object -Unique | Where-Object { $_ -cin $codes }
        $pairs = @($ids | ForEach-Object { "$($page.BaseName) $_" })
        @{ Page = $page.BaseName; Pairs = $pairs; Missing = @($pairs | Where-Object { $_ -notin $written -and -not $unprovoked.ContainsKey($_) -and -not $otherwise.ContainsKey($_) }) }
    }

    $lists = @{ Listed = @($unprovoked.Keys) + @($otherwise.Keys); Written = $written; Pairs = @($named | ForEach-Object { $_.Pairs }) }
}

Describe 'Error ids that pages of help name' {
    It 'each have a row that makes it happen: <Page>' -ForEach $named {
        $Missing | Should -BeNullOrEmpty
    }

    It 'are excepted only where that is so' -ForEach $lists {
        $Listed | Where-Object { $_ -in $Written } | Should -BeNullOrEmpty -Because 'they have a row'
        $Listed | Where-Object { $_ -notin $Pairs } | Should -BeNullOrEmpty -Because 'no page names them'
    }
}

Describe 'Failures' {
    BeforeAll {
        . "$PSScriptRoot/Shared.ps1"
        $ConfirmPreference = 'None'
        $WarningPreference = 'SilentlyContinue'

        # A copy of bytes with some of them changed: a table from place to value.
        function Edit-TestBytes([byte[]] $Bytes, [hashtable] $Changes) {
            $copy = [byte[]] $Bytes.Clone()
            foreach ($place in $Changes.Keys) {
                $copy[$place] = $Changes[$place]
            }

            , $copy
        }

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
        $slots = 'otadata,data,ota,,8K', 'app0,app,ota_0,0x10000,8K', 'app1,app,ota_1,0x20000,8K' | ConvertTo-Esp32PartitionTable
        $table = [System.IO.File]::ReadAllBytes("$work/partition-table.bin")
        $damaged = Edit-TestBytes $slots @{ 4 = 1 }
        $future = New-TestImage -MinRevision 900 -IsApplication
        $endless = Edit-TestBytes $future @{ 30 = 0x10 }
        $images = @{ 0x1000 = 'bootloader.bin'; 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
        $pages = Join-Path $PSScriptRoot '../../module/help/en-US'

        # Puts bytes into the flash of a chip: a table, or the contents of a slot.
        function Set-TestFlash([string] $Port, [long] $Address, [byte[]] $Bytes) {
            (Get-Esp32Simulator $Port).LoadFlash($Address, $Bytes)
        }

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

        $failure | Should -Not -BeNullOrEmpty -Because 'the script has to fail'
        $failure.FullyQualifiedErrorId | Should -Be "$Id,$((Get-Command $By).ImplementingType.FullName)" -Because "$failure"
        Get-Content (Join-Path $pages "$Page.md") -Raw | Should -MatchExactly "``$Id``"
    }
}
