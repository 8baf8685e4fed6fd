@{
    RootModule           = 'bin/Esp32Tools.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = 'b7f4a1de-6c0a-4f5e-9a63-2d1c5e8f7b34'
    Author               = 'Esp32Tools contributors'
    CompanyName          = 'Esp32Tools contributors'
    Copyright            = '(c) Esp32Tools contributors. MIT licence.'
    Description          = 'Scripted manufacturing with Espressif chips: flash, read and verify, read and burn eFuses, burn keys, dump partitions, on a serial port, over the network, and on virtual chips that come with the module.'
    CompatiblePSEditions = @('Desktop', 'Core')
    PowerShellVersion    = '5.1'
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess     = @('Esp32Tools.Format.ps1xml')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Add-Esp32ImageSignature'
        'Clear-Esp32Flash'
        'Connect-Esp32Device'
        'ConvertTo-Esp32Image'
        'Disconnect-Esp32Device'
        'Enable-Esp32FlashEncryption'
        'Enable-Esp32SecureBoot'
        'Export-Esp32Efuse'
        'Export-Esp32Partition'
        'Export-Esp32PublicKey'
        'Get-Esp32Device'
        'Get-Esp32Efuse'
        'Get-Esp32FlashChip'
        'Get-Esp32FlashHash'
        'Get-Esp32Image'
        'Get-Esp32ImageSignature'
        'Get-Esp32KeyDigest'
        'Get-Esp32Partition'
        'Get-Esp32Port'
        'Get-Esp32SecurityState'
        'Get-Esp32Simulator'
        'Invoke-Esp32EfusePlan'
        'Invoke-Esp32RamImage'
        'Lock-Esp32Efuse'
        'Merge-Esp32Image'
        'New-Esp32EfusePlan'
        'New-Esp32FlashKey'
        'New-Esp32SigningKey'
        'New-Esp32Simulator'
        'Protect-Esp32Image'
        'Read-Esp32Flash'
        'Read-Esp32Memory'
        'Remove-Esp32Simulator'
        'Restart-Esp32Device'
        'Set-Esp32CustomMac'
        'Set-Esp32Efuse'
        'Set-Esp32FlashStatus'
        'Set-Esp32FlashVoltage'
        'Start-Esp32SimulatorServer'
        'Stop-Esp32SimulatorServer'
        'Test-Esp32Efuse'
        'Test-Esp32Flash'
        'Test-Esp32ImageSignature'
        'Unprotect-Esp32Image'
        'Watch-Esp32Output'
        'Write-Esp32EfuseBlock'
        'Write-Esp32EfuseKey'
        'Write-Esp32Flash'
        'Write-Esp32Memory'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('ESP32', 'ESP32-C3', 'Espressif', 'flash', 'eFuse', 'serial', 'manufacturing', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}
