BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Test-Esp32Flash' {
    BeforeAll {
        New-TestFirmware -Folder $TestDrive
        Push-Location $TestDrive
        $port = New-TestChip esp32
        $null = Write-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port
    }

    AfterAll {
        Remove-Esp32Simulator $port
        Pop-Location
    }

    It 'says that flash holds the image' {
        $result = Test-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port
        $result.IsEqual | Should -BeTrue
        $result.FirstDifference | Should -BeNullOrEmpty
    }

    It 'says where it first differs' {
        $chip = Get-Esp32Simulator $port
        $chip.LoadFlash(0x15678, [byte[]] (0x12))
        $expected = [System.IO.File]::ReadAllBytes("$TestDrive/app.bin")[0x5678]
        $result = Test-Esp32Flash @{ 0x10000 = 'app.bin' } -Device $port
        $chip.LoadFlash(0x15678, [byte[]] ($expected))
        $result.IsEqual | Should -BeFalse
        $result.FirstDifference | Should -Be 0x15678
        $result.Expected | Should -Be $expected
        $result.Actual | Should -Be 0x12
    }

    It 'compares what can be compared, and says of an image that the chip encrypts that it cannot' {
        $images = @(
            [pscustomobject] @{ Address = 0x0; Path = 'app.bin'; Encrypt = $true }
            [pscustomobject] @{ Address = 0x10000; Path = 'app.bin' }
        )
        $result = $images | Test-Esp32Flash -Device $port -ErrorAction SilentlyContinue -ErrorVariable failure
        $result.Address | Should -Be 0x10000
        $result.IsEqual | Should -BeTrue
        $failure.FullyQualifiedErrorId | Should -BeLike 'FlashEncrypted,*'
    }

    It 'gives one result for each board with -Summary, in the order asked for' {
        $other = New-TestChip esp32
        $images = [ordered] @{ 0x8000 = 'partition-table.bin'; 0x10000 = 'app.bin' }
        try {
            $null = Write-Esp32Flash $images -Device $port, $other
            (Get-Esp32Simulator $other).LoadFlash(0x15678, [byte[]] (0x12))
            $sums = Test-Esp32Flash $images -Device $port, 'virtual:nobody', $other -Summary -ThrottleLimit 3 -ErrorAction SilentlyContinue -ErrorVariable failures
            $sums.PortName | Should -Be $port, 'virtual:nobody', $other
            $sums.IsEqual | Should -Be $true, $false, $false
            $sums.Images | Should -Be 2, 0, 2
            $sums.ErrorId | Should -Be $null, 'PortNotFound', $null
            $sums[2].Name | Should -Be 'app.bin'
            $sums[2].FirstDifference | Should -Be 0x15678
            $sums[2].Mac | Should -Be (Get-Esp32Device $other).Mac
            @($failures).Count | Should -Be 1
        }
        finally {
            Remove-Esp32Simulator $other
        }
    }

    It 'calls no board equal whose images were not all compared' {
        $image = [pscustomobject] @{ Address = 0x10000; Path = 'app.bin' }, [pscustomobject] @{ Address = 0x0; Path = 'app.bin'; Encrypt = $true }
        $sum = $image | Test-Esp32Flash -Device $port -Summary -ErrorAction SilentlyContinue
        $sum.Images | Should -Be 1
        $sum.IsEqual | Should -BeFalse
        $sum.ErrorId | Should -Be 'FlashEncrypted'
    }

    It 'reports a missing file' {
        { Test-Esp32Flash @{ 0x10000 = 'missing.bin' } -Device $port } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
