<#
.SYNOPSIS
    Makes a firmware set in the form that ESP-IDF builds: bootloader, partition table, and an application of 1 MB.
.DESCRIPTION
    Headers, checksums and digests are right; the code is filler and does nothing. For the other examples, and for tries
    on virtual chips. Beside the files stands flasher_args.json, which says what goes where.
.OUTPUTS
    One object for each file, with Address and Path: what Write-Esp32Flash takes from the pipeline.
.EXAMPLE
    ./New-SampleFirmware.ps1 -Chip esp32c3 -Destination firmware | Write-Esp32Flash -Device virtual:esp32c3
#>
#Requires -Modules Esp32Tools
[CmdletBinding()]
param(
    # Any chip that the module knows.
    [string] $Chip = 'esp32',

    # The folder for the files; it is made if it is not there.
    [Parameter(Mandatory)]
    [string] $Destination,

    # Goes into the application's descriptor, and changes its contents.
    [string] $Version = '1.0.0'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# Where the chip has its flash and RAM is for the module to say. The code is mapped behind the data: some chips have one
# window for both.
$facts = [Esp32Tools.Chips.ChipCatalog]::ByName($Chip)
$bootloaderAddress = $facts.Image.BootloaderOffset
$ramAddress = ($facts.MemoryMap | Where-Object Name -EQ 'DRAM' | Select-Object -First 1).Start
$dataAddress = $facts.Image.DataFlash.Item1 + 0x20
$codeAddress = $facts.Image.InstructionFlash.Item1 + 0x50020

function Get-Filler([int] $Length, [int] $Seed) {
    $bytes = New-Object byte[] $Length
    (New-Object System.Random $Seed).NextBytes($bytes)
    , $bytes
}

function Set-Text([byte[]] $Bytes, [int] $Offset, [int] $Size, [string] $Text) {
    [Array]::Clear($Bytes, $Offset, $Size)
    [System.Text.Encoding]::ASCII.GetBytes($Text).CopyTo($Bytes, $Offset)
}

function Get-Digest([string] $Algorithm, [byte[]] $Bytes) {
    $hash = [System.Security.Cryptography.HashAlgorithm]::Create($Algorithm)
    try { , $hash.ComputeHash($Bytes) } finally { $hash.Dispose() }
}

# Exclusive or of all bytes, eight at a time. Lengths are multiples of eight here.
function Get-Checksum([byte[]] $Bytes) {
    $words = New-Object uint64[] ($Bytes.Length / 8)
    [Buffer]::BlockCopy($Bytes, 0, $words, 0, $Bytes.Length)
    [uint64] $sum = 0
    foreach ($word in $words) { $sum = $sum -bxor $word }
    $result = 0
    foreach ($byte in [BitConverter]::GetBytes($sum)) { $result = $result -bxor $byte }
    $result
}

# ESP-IDF, "App Image Format": header of 24 bytes, segments, checksum as the last of 16 bytes, SHA-256.
function Get-Image([object[]] $Segments) {
    $stream = New-Object System.IO.MemoryStream
    $writer = New-Object System.IO.BinaryWriter $stream
    $writer.Write([byte[]](0xE9, $Segments.Count, 0x02, 0x20))  # DIO, 4 MB, 40 MHz
    $writer.Write([uint32] $Segments[-1].Address)
    $writer.Write([byte[]](0xEE, 0, 0, 0, $facts.ImageChipId, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 1))
    $checksum = 0xEF
    foreach ($segment in $Segments) {
        $writer.Write([uint32] $segment.Address)
        $writer.Write([uint32] $segment.Data.Length)
        $writer.Write([byte[]] $segment.Data)
        $checksum = $checksum -bxor (Get-Checksum $segment.Data)
    }

    while ($stream.Position % 16 -ne 15) { $writer.Write([byte] 0) }
    $writer.Write([byte] $checksum)
    $writer.Write((Get-Digest SHA256 $stream.ToArray()))
    , $stream.ToArray()
}

function Get-Bootloader {
    $data = Get-Filler 20000 1
    [Array]::Clear($data, 0, 80)
    $data[0] = 0x50  # bootloader descriptor
    Set-Text $data 8 32 'v6.0'
    Get-Image @{ Address = $ramAddress + 0x5000; Data = $data }
}

function Get-Application {
    # A segment that runs from flash stands in the file where its address stands in a page of 64 KB: this length brings
    # the next one there.
    $data = Get-Filler (0x40000 - 8) 2
    [Array]::Clear($data, 0, 256)
    [BitConverter]::GetBytes([uint32] 2882360370).CopyTo($data, 0)  # 0xABCD5432: application descriptor
    Set-Text $data 16 32 $Version
    Set-Text $data 48 32 'sample-product'
    Set-Text $data 112 32 'v6.0'
    $code = Get-Filler 0xC0000 3
    Get-Image @(
        @{ Address = $dataAddress; Data = $data }
        @{ Address = $codeAddress; Data = $code }
        @{ Address = $ramAddress; Data = (Get-Filler 0x4000 4) }
    )
}

# ESP-IDF, "Partition Tables": entries of 32 bytes, their MD5, 0xFF to the end.
function Get-PartitionTable {
    $stream = New-Object System.IO.MemoryStream
    $writer = New-Object System.IO.BinaryWriter $stream
    foreach ($entry in @(
            @{ Name = 'nvs'; Type = 1; SubType = 0x02; Offset = 0x9000; Size = 0x6000 }
            @{ Name = 'phy_init'; Type = 1; SubType = 0x01; Offset = 0xF000; Size = 0x1000 }
            @{ Name = 'factory'; Type = 0; SubType = 0x00; Offset = 0x10000; Size = 0x180000 }
            @{ Name = 'storage'; Type = 1; SubType = 0x82; Offset = 0x190000; Size = 0x40000 })) {
        $name = New-Object byte[] 16
        Set-Text $name 0 16 $entry.Name
        $writer.Write([byte[]](0xAA, 0x50, $entry.Type, $entry.SubType))
        $writer.Write([uint32] $entry.Offset)
        $writer.Write([uint32] $entry.Size)
        $writer.Write($name)
        $writer.Write([uint32] 0)
    }

    $digest = Get-Digest MD5 $stream.ToArray()
    $writer.Write([byte[]](@(0xEB, 0xEB) + @(0xFF) * 14))
    $writer.Write($digest)
    $writer.Write([byte[]](@(0xFF) * (0xC00 - $stream.Position)))
    , $stream.ToArray()
}

# What ESP-IDF leaves beside the files: how they are flashed.
function Get-FlasherArguments([object[]] $Files) {
    $places = [ordered]@{}
    foreach ($file in $Files) { $places['0x{0:x}' -f $file.Address] = $file.Name }
    [ordered]@{
        write_flash_args = @('--flash_mode', 'dio', '--flash_size', '4MB', '--flash_freq', 'keep')
        flash_settings = [ordered]@{ flash_mode = 'dio'; flash_size = '4MB'; flash_freq = 'keep' }
        flash_files = $places
        extra_esptool_args = [ordered]@{ after = 'hard_reset'; before = 'default_reset'; stub = $true; chip = $facts.Key }
    } | ConvertTo-Json
}

$folder = (New-Item -ItemType Directory -Path $Destination -Force).FullName
$files = @(
    @{ Address = $bootloaderAddress; Name = 'bootloader.bin'; Data = Get-Bootloader }
    @{ Address = 0x8000; Name = 'partition-table.bin'; Data = Get-PartitionTable }
    @{ Address = 0x10000; Name = 'app.bin'; Data = Get-Application }
)
[System.IO.File]::WriteAllText((Join-Path $folder 'flasher_args.json'), (Get-FlasherArguments $files))
foreach ($file in $files) {
    $path = Join-Path $folder $file.Name
    [System.IO.File]::WriteAllBytes($path, $file.Data)
    [pscustomobject]@{ Address = $file.Address; Path = $path }
}
