BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
}

Describe 'Set-Esp32Nvs' {
    BeforeEach {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).bin"
        $nvs = New-Esp32Nvs -Value ([ordered] @{ wifi = [ordered] @{ ssid = 'factory'; channel = [byte] 6 }; cal = @{ curve = [byte[]] (1..40) } }) -Size 0x6000 -Destination $file
    }

    It 'changes one value of a file and keeps the others' {
        $result = Set-Esp32Nvs $file -Namespace wifi -Name channel -Value 11
        $result.Path | Should -Be $file
        $values = Get-Esp32Nvs $file
        $values.Key | Should -Be 'ssid', 'curve', 'channel'
        $values[2].Value | Should -Be 11
        $values[2].Type | Should -Be 'U8'
        (Test-Esp32Nvs $file).IsSound | Should -BeTrue
    }

    It 'adds a value and a namespace' {
        $result = $nvs | Set-Esp32Nvs -Namespace unit -Name serial -Value 'A-1' | Set-Esp32Nvs -Namespace unit -Name rev -Value 3 -Type U16
        ($result | Get-Esp32Nvs -Namespace unit).Value | Should -Be 'A-1', 3
        ($result | Get-Esp32Nvs -Name rev).Type | Should -Be 'U16'
        $result.Path | Should -BeNullOrEmpty
        (Get-FileHash $file).Hash | Should -Be ([System.Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($nvs.GetBytes())))
    }

    It 'changes an encrypted one, and it stays encrypted' {
        $key = [byte[]] (1..64)
        $encrypted = $nvs | Protect-Esp32Nvs -Key $key
        $result = $encrypted | Set-Esp32Nvs -Namespace wifi -Name ssid -Value 'field' -Key $key
        $result.Encrypted | Should -BeTrue
        ($result | Get-Esp32Nvs -Key $key).Value | Should -Be 6, '0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728', 'field'
        { Set-Esp32Nvs -InputObject $encrypted -Namespace wifi -Name ssid -Value 'field' } | Should -Throw -ErrorId 'NvsInvalid,*'
    }

    It 'leaves the file and writes another with -Destination' {
        $other = "$file.new"
        (Set-Esp32Nvs $file -Namespace wifi -Name ssid -Value 'field' -Destination $other).Path | Should -Be $other
        (Get-Esp32Nvs $file -Name ssid).Value | Should -Be 'factory'
        (Get-Esp32Nvs $other -Name ssid).Value | Should -Be 'field'
        { Set-Esp32Nvs $file -Namespace wifi -Name ssid -Value 'field' -Destination $other } | Should -Throw -ErrorId 'FileExists,*'
    }

    It 'changes nothing with -WhatIf' {
        Set-Esp32Nvs $file -Namespace wifi -Name ssid -Value 'field' -WhatIf | Should -BeNullOrEmpty
        (Get-Esp32Nvs $file -Name ssid).Value | Should -Be 'factory'
    }

    It 'refuses what does not fit, and the file stays' {
        { Set-Esp32Nvs $file -Namespace wifi -Name channel -Value 300 } | Should -Throw -ErrorId 'NvsItemInvalid,*'
        { Set-Esp32Nvs $file -Namespace wifi -Name big -Value ([byte[]]::new(30000)) } | Should -Throw -ErrorId 'NvsFull,*'
        [System.IO.File]::ReadAllBytes($file) | Should -Be $nvs.GetBytes()
    }

    It 'never shows the value' {
        $shown = Get-Shown "Set-Esp32Nvs '$file' -Namespace wifi -Name ssid -Value hunter2 -WhatIf; Set-Esp32Nvs '$file' -Namespace wifi -Name channel -Value hunter2 -Verbose"
        ($shown -split '\r?\n' | Where-Object { $_ -notmatch 'Set-Esp32Nvs .*-Value' }) -join "`n" | Should -Not -Match 'hunter2'
    }
}
