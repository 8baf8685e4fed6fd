<#
    What every test file needs, to be dot-sourced in its BeforeAll: the staged module, strict mode, firmware to write, and
    virtual chips with names of their own.
#>
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# The module under test: the one that is named, or else the newest that was staged.
function Get-ModuleManifest {
    if ($env:ESP32TOOLS_MODULE) {
        return $env:ESP32TOOLS_MODULE
    }

    $root = Split-Path (Split-Path $PSScriptRoot)
    $manifests = Get-ChildItem -Path (Join-Path $root 'out/Esp32Tools/*/Esp32Tools.psd1')
    if (-not $manifests) {
        throw "The module is not staged: there is no out/Esp32Tools/<version> below $root."
    }

    ($manifests | Sort-Object { [version] $_.Directory.Name } | Select-Object -Last 1).FullName
}

Import-Module (Get-ModuleManifest)

# Makes a virtual chip with a name that nobody else has, and gives its port name.
function New-TestChip {
    param([string] $Chip = 'esp32', [hashtable] $With = @{})

    (New-Esp32Simulator -Chip $Chip -Name "test-$([guid]::NewGuid().ToString('n').Substring(0, 12))" @With).PortName
}

# Runs a script while another runspace of this process works on the session with a port.
function Use-TestSessionElsewhere {
    param([Parameter(Mandatory)] [string] $Port, [Parameter(Mandatory)] [scriptblock] $Script)

    $session = Connect-Esp32Device $Port
    $other = [powershell]::Create().AddScript('param($manifest, $port, $working, $go) Import-Module $manifest
        Get-Esp32Device $port | ForEach-Object { $null = $working.Set(); $null = $go.Wait() }')
    $working, $go = 1..2 | ForEach-Object { [System.Threading.ManualResetEventSlim]::new() }
    $null = $other.AddArgument((Get-ModuleManifest)).AddArgument($Port).AddArgument($working).AddArgument($go)
    $run = $other.BeginInvoke()
    try {
        $working.Wait(30000) | Should -BeTrue
        & $Script
    }
    finally {
        $go.Set()
        $null = $other.EndInvoke($run)
        $other.Dispose()
        $session.Dispose()
    }
}

# Makes a virtual ESP32 whose eFuse blocks have 3/4 coding: all its eFuses are clear but the one that says so.
function New-TestCodedChip {
    $path = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).efuse"
    $memory = [byte[]]::new(0x120)
    $memory[0x18] = 1
    [array]::Reverse($memory)
    [System.IO.File]::WriteAllBytes($path, $memory)
    try {
        New-TestChip esp32 @{ EfusePath = $path }
    }
    finally {
        Remove-Item $path
    }
}

# What a script shows in a PowerShell of its own, with every stream talking, and what it asks or would ask on the screen.
function Get-Shown {
    param([Parameter(Mandatory)] [string] $Script)

    $file = Join-Path ([System.IO.Path]::GetTempPath()) "$([guid]::NewGuid()).log"
    $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'
        `$VerbosePreference = `$DebugPreference = `$InformationPreference = 'Continue'
        `$null = Start-Transcript '$file'
        try { $Script } catch { `$_; `$_ | Format-List * -Force | Out-String -Width 300 } finally { `$null = Stop-Transcript }")
    try {
        $seen = @($shell.Invoke() | ForEach-Object { $_ | Out-String -Width 300; $_ | Format-List * -Force | Out-String -Width 300 })
        foreach ($stream in 'Error', 'Warning', 'Verbose', 'Debug', 'Information', 'Progress') {
            $seen += $shell.Streams.$stream | ForEach-Object { "$_" + ($_ | Format-List * -Force | Out-String -Width 300) }
        }

        ($seen + @(Get-Content $file -Raw)) -join "`n"
    }
    finally {
        $shell.Dispose()
        Remove-Item $file
    }
}

# Runs a PowerShell like this one in a process of its own; what is piped here is what somebody types there.
function Invoke-OtherProcess {
    param([Parameter(Mandatory)] [string] $Script, [Parameter(ValueFromPipeline)] [string] $Typed, [switch] $Interactive)

    # Where PowerShell is a .NET tool, this process is dotnet, and PowerShell a library that it runs.
    $powershell = (Get-Process -Id $PID).Path
    $arguments = @(
        if ([System.IO.Path]::GetFileNameWithoutExtension($powershell) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
        '-NoProfile'
        if (-not $Interactive) { '-NonInteractive' }
    )
    $input | & $powershell @arguments -Command $Script
}

# No four bytes of a key, in either order, as hexadecimal or as numbers, are in a text.
function Assert-NoKeyIn {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text, [Parameter(Mandatory)] [byte[]] $Key)

    $hexadecimal = $Text -replace '[^0-9A-Fa-f]', ''
    $numbers = ' ' + ($Text -replace '[^0-9]+', ' ') + ' '
    $back = $Key[($Key.Length - 1)..0]
    for ($i = 0; $i -le $Key.Length - 4; $i++) {
        foreach ($part in $Key[$i..($i + 3)], $back[$i..($i + 3)]) {
            $hexadecimal | Should -Not -Match (($part | ForEach-Object { $_.ToString('x2') }) -join '')
            $numbers | Should -Not -Match " $($part -join ' ') "
        }
    }
}

# What of a key is in a text, in whatever form: runs of its bytes in either order, as hexadecimal digits, as numbers, as
# base64 or as characters, and single words of it. Gives the forms found; nothing when there are none.
function Find-KeyIn {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text, [Parameter(Mandatory)] [byte[]] $Key)

    # Six bytes in a row are no accident, however long the text; four are where they stand as a word of their own.
    $run = 6
    $hexadecimal = ($Text -replace '[^0-9A-Fa-f]', '').ToLowerInvariant()
    $numbers = ' ' + ($Text -replace '[^0-9]+', ' ') + ' '
    $words = [System.Collections.Generic.HashSet[string]]::new([string[]] @([regex]::Matches($Text, '(?<![0-9A-Za-z])(0x)?([0-9A-Fa-f]{8})(?![0-9A-Za-z])') | ForEach-Object { $_.Groups[2].Value.ToLowerInvariant() }))
    foreach ($bytes in $Key, $Key[($Key.Length - 1)..0]) {
        $digits = -join ($bytes | ForEach-Object { $_.ToString('x2') })
        for ($i = 0; $i -le $bytes.Length - 4; $i++) {
            if ($words.Contains($digits.Substring(2 * $i, 8))) {
                "word at $i"
            }
        }

        for ($i = 0; $i -le $bytes.Length - $run; $i++) {
            $part = [byte[]] $bytes[$i..($i + $run - 1)]
            if ($hexadecimal.Contains($digits.Substring(2 * $i, 2 * $run))) {
                "hexadecimal at $i"
            }

            if ($numbers.Contains(" $($part -join ' ') ")) {
                "numbers at $i"
            }

            if ($Text.Contains([System.Convert]::ToBase64String($part)) -or $Text.Contains([System.Text.Encoding]::GetEncoding(28591).GetString($part))) {
                "base64 or characters at $i"
            }
        }
    }
}

# Numbers as bytes, lowest first.
function ConvertTo-LittleEndian {
    param([long] $Value, [int] $Count)

    for ($i = 0; $i -lt $Count; $i++) {
        [byte] (($Value -shr (8 * $i)) -band 0xFF)
    }
}

# An image as ESP-IDF builds it: header, one segment, checksum, SHA-256. What is in it depends on the seed alone.
function New-TestImage {
    param(
        [int] $Length = 5000, [int] $ChipId = 0, [int] $Seed = 1, [int] $MinRevision = 0, [switch] $IsApplication,
        [byte[]] $Payload = [byte[]]::new([math]::Ceiling($Length / 4) * 4), [long] $LoadAddress = 0x3FFB0000, [long] $EntryPoint = 0x40080000
    )

    if (-not $PSBoundParameters.ContainsKey('Payload')) {
        [System.Random]::new($Seed).NextBytes($Payload)
    }

    if ($IsApplication) {
        # An application begins with its description: a mark and, here, no texts.
        [array]::Clear($payload, 0, 256)
        [byte[]] (ConvertTo-LittleEndian 2882360370 4) | ForEach-Object { $i = 0 } { $payload[$i++] = $_ }
    }

    $bytes = [System.Collections.Generic.List[byte]]::new()
    $bytes.AddRange([byte[]] (0xE9, 1, 2, 0x20))
    $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $EntryPoint 4))
    $bytes.AddRange([byte[]] (0xEE, 0, 0, 0, $ChipId, 0, 0))
    $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $MinRevision 2))
    $bytes.AddRange([byte[]] (0xFF, 0xFF, 0, 0, 0, 0, 1))
    $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $LoadAddress 4))
    $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $payload.Length 4))
    $bytes.AddRange($payload)
    $checksum = 0xEF
    foreach ($value in $payload) {
        $checksum = $checksum -bxor $value
    }

    while ($bytes.Count % 16 -ne 15) {
        $bytes.Add(0)
    }

    $bytes.Add([byte] $checksum)
    $sha = [System.Security.Cryptography.SHA256]::Create()
    $bytes.AddRange($sha.ComputeHash($bytes.ToArray()))
    $sha.Dispose()
    , $bytes.ToArray()
}

# An image for the RAM of a virtual ESP32 (or another chip, at another address) that prints a text.
function New-TestRamImage {
    param([string] $Text = "self-test`nPASS`n", [int] $ChipId = 0, [long] $Address = 0x40090000, [int] $MinRevision = 0)

    $program = [Esp32Tools.Simulator.VirtualProgram]::Printing($Text)
    , (New-TestImage -Payload $program -ChipId $ChipId -LoadAddress $Address -EntryPoint $Address -MinRevision $MinRevision)
}

# A partition table with nvs, phy_init, factory and storage.
function New-TestPartitionTable {
    $bytes = [System.Collections.Generic.List[byte]]::new()
    $entries = @(
        @{ Name = 'nvs'; Type = 1; SubType = 0x02; Offset = 0x9000; Size = 0x6000 }
        @{ Name = 'phy_init'; Type = 1; SubType = 0x01; Offset = 0xF000; Size = 0x1000 }
        @{ Name = 'factory'; Type = 0; SubType = 0x00; Offset = 0x10000; Size = 0x100000 }
        @{ Name = 'storage'; Type = 1; SubType = 0x82; Offset = 0x110000; Size = 0x10000 }
    )
    foreach ($entry in $entries) {
        $bytes.AddRange([byte[]] (0xAA, 0x50, $entry.Type, $entry.SubType))
        $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $entry.Offset 4))
        $bytes.AddRange([byte[]] (ConvertTo-LittleEndian $entry.Size 4))
        $name = [byte[]]::new(16)
        [System.Text.Encoding]::UTF8.GetBytes($entry.Name).CopyTo($name, 0)
        $bytes.AddRange($name)
        $bytes.AddRange([byte[]]::new(4))
    }

    while ($bytes.Count -lt 0xC00) {
        $bytes.Add(0xFF)
    }

    , $bytes.ToArray()
}

# Writes bootloader.bin, partition-table.bin, app.bin and key.bin into a folder.
function New-TestFirmware {
    param([Parameter(Mandatory)] [string] $Folder, [int] $ChipId = 0, [int] $AppLength = 40000)

    $null = New-Item -ItemType Directory -Path $Folder -Force
    [System.IO.File]::WriteAllBytes((Join-Path $Folder 'bootloader.bin'), (New-TestImage -Length 20000 -ChipId $ChipId -Seed 1))
    [System.IO.File]::WriteAllBytes((Join-Path $Folder 'partition-table.bin'), (New-TestPartitionTable))
    [System.IO.File]::WriteAllBytes((Join-Path $Folder 'app.bin'), (New-TestImage -Length $AppLength -ChipId $ChipId -Seed 2 -IsApplication))
    [System.IO.File]::WriteAllBytes((Join-Path $Folder 'key.bin'), [byte[]] (0x11..0x30))
}

# An ELF file as a linker makes it for an ESP32: an application with its description, and code in flash and in RAM; or
# a program in RAM alone.
function New-TestElf {
    param([byte[]] $RamProgram)

    $description = [byte[]]::new(256)
    [byte[]] (ConvertTo-LittleEndian 2882360370 4) | ForEach-Object { $i = 0 } { $description[$i++] = $_ }
    [System.Text.Encoding]::ASCII.GetBytes('2.1.0').CopyTo($description, 16)
    [System.Text.Encoding]::ASCII.GetBytes('test-product').CopyTo($description, 48)
    $random = [System.Random]::new(3)
    $sections = foreach ($section in @(
            @{ Name = '.iram0.text'; Address = 0x40080000; Length = 1001 }
            @{ Name = '.dram0.data'; Address = 0x3FFB0000; Length = 4000 }
            @{ Name = '.flash.appdesc'; Address = 0x3F400020; Data = $description }
            @{ Name = '.flash.text'; Address = 0x400D0020; Length = 5000 })) {
        if (-not $section.ContainsKey('Data')) {
            $section.Data = [byte[]]::new($section.Length)
            $random.NextBytes($section.Data)
        }

        $section
    }

    $entry = 0x400D0020
    if ($RamProgram) {
        $entry = 0x40090000
        $sections = @(@{ Name = '.iram0.text'; Address = $entry; Data = $RamProgram })
    }

    $names = [System.Text.Encoding]::ASCII.GetBytes([string]::Join("`0", @('', '.shstrtab') + @($sections.Name)) + "`0")
    $sections = @(@{ Name = '.shstrtab'; Address = 0; Data = $names; Type = 3 }) + @($sections)
    $body = [System.Collections.Generic.List[byte]]::new()
    $headers = [System.Collections.Generic.List[byte]]::new([byte[]]::new(40))
    $place = 1
    foreach ($section in $sections) {
        $type = if ($section.ContainsKey('Type')) { $section.Type } else { 1 }
        foreach ($word in $place, $type, 2, $section.Address, (52 + $body.Count), $section.Data.Length, 0, 0, 4, 0) {
            $headers.AddRange([byte[]] (ConvertTo-LittleEndian $word 4))
        }

        $body.AddRange([byte[]] $section.Data)
        $place += $section.Name.Length + 1
    }

    $elf = [System.Collections.Generic.List[byte]]::new([byte[]] (0x7F, 0x45, 0x4C, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x5E, 0))
    foreach ($word in 1, $entry, 0, (52 + $body.Count), 0) {
        $elf.AddRange([byte[]] (ConvertTo-LittleEndian $word 4))
    }

    foreach ($half in 52, 32, 0, 40, ($sections.Count + 1), 1) {
        $elf.AddRange([byte[]] (ConvertTo-LittleEndian $half 2))
    }

    $elf.AddRange($body)
    $elf.AddRange($headers)
    , $elf.ToArray()
}

# Runs a script in a PowerShell of its own, in this process, and stops it after a while, as Ctrl-C does. Gives how long the
# stop took.
function Stop-Script {
    param([Parameter(Mandatory)] [string] $Script, [Parameter(Mandatory)] [scriptblock] $When)

    $shell = [powershell]::Create().AddScript("Import-Module '$(Get-ModuleManifest)'; $Script")
    try {
        $run = $shell.BeginInvoke()
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $When)) {
            if ($run.IsCompleted -or $patience.Elapsed.TotalSeconds -gt 60) {
                throw "The script did not get that far: $($shell.Streams.Error -join '; ')"
            }

            Start-Sleep -Milliseconds 10
        }

        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $clock.Elapsed
    }
    finally {
        $shell.Dispose()
    }
}

# Runs a script under another culture.
function Invoke-WithCulture {
    param([Parameter(Mandatory)] [string] $Culture, [Parameter(Mandatory)] [scriptblock] $Script)

    $before = [System.Threading.Thread]::CurrentThread.CurrentCulture
    try {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = [cultureinfo]::GetCultureInfo($Culture)
        & $Script
    }
    finally {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $before
    }
}
