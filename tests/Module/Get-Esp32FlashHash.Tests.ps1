BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Get-Esp32FlashHash' {
    It 'is the digest of the bytes' {
        $port = New-TestChip esp32c3
        $bytes = [byte[]] (0..255)
        (Get-Esp32Simulator $port).LoadFlash(0x8000, $bytes)
        $hash = Get-Esp32FlashHash -Device $port 32KB 256
        Remove-Esp32Simulator $port
        $md5 = [System.Security.Cryptography.MD5]::Create()
        $hash.Hash | Should -Be (($md5.ComputeHash($bytes) | ForEach-Object { $_.ToString('x2') }) -join '')
        $hash.Algorithm | Should -Be 'MD5'
        $md5.Dispose()
    }

    It 'takes the range of a partition' {
        $port = New-TestChip esp32
        (Get-Esp32Simulator $port).LoadFlash(0x8000, (New-TestPartitionTable))
        $dev = Connect-Esp32Device $port
        $hashes = $dev | Get-Esp32Partition | Get-Esp32FlashHash
        $dev | Disconnect-Esp32Device
        Remove-Esp32Simulator $port
        $hashes | ForEach-Object Address | Should -Be 0x9000, 0xF000, 0x10000, 0x110000
    }
}
