# What every cmdlet of the module keeps to; a new one has to pass here before anything else.
BeforeDiscovery {
    . "$PSScriptRoot/Shared.ps1"
    $cmdlets = foreach ($command in Get-Command -Module Esp32Tools) {
        @{ Name = $command.Name; Command = $command }
    }

    # The types that cmdlets say they write.
    $types = foreach ($command in Get-Command -Module Esp32Tools) {
        # Types of the framework have views of PowerShell's own.
        $command.OutputType.Type | Where-Object { $_ -and $_ -ne [void] -and $_.Namespace -like 'Esp32Tools*' }
    }
    $outputTypes = foreach ($type in $types | Sort-Object FullName -Unique) {
        @{ Name = $type.FullName; Type = $type }
    }

    $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
    $parameters = foreach ($command in Get-Command -Module Esp32Tools) {
        foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
            @{ Name = "$($command.Name) -$($parameter.Name)"; Parameter = $parameter; Command = $command }
        }
    }

    # Parameters whose values completion knows.
    $completed = @{
        Device = 'Ports'; BaudRate = 'BaudRates'; Chip = 'Chips'; Purpose = 'KeyPurposes'
        Voltage = 'EfuseVoltages'; 'Set-Esp32Efuse -Name' = 'EfuseNames'; 'Lock-Esp32Efuse -Name' = 'EfuseNames'
        Block = 'EfuseBlocks'; FlashMode = 'FlashModes'; FlashFrequency = 'FlashFrequencies'
        FlashSize = 'FlashSizes'; 'New-Esp32Simulator -FlashSize' = 'FlashCapacities'
        'Merge-Esp32Image -FlashSize' = 'FlashCapacities'; 'ConvertTo-Esp32Image -FlashSize' = 'FlashCapacities'
        'ConvertTo-Esp32PartitionTable -FlashSize' = 'FlashCapacities'; 'ConvertFrom-Esp32PartitionTable -FlashSize' = 'FlashCapacities'
        'ConvertTo-Esp32Image -FlashMode' = 'HeaderFlashModes'; 'ConvertTo-Esp32Image -FlashFrequency' = 'HeaderFlashFrequencies'
    }
    $withCompleter = $parameters | Where-Object { ($completed.ContainsKey($_.Parameter.Name) -or $completed.ContainsKey($_.Name)) } |
        ForEach-Object {
            $its = if ($completed.ContainsKey($_.Name)) { $completed[$_.Name] } else { $completed[$_.Parameter.Name] }
            $_ + @{ Completer = $its }
        }
    $addresses = $parameters | Where-Object { $_.Parameter.Name -in 'Address', 'Length', 'TableOffset', 'TargetOffset', 'PadToSize', 'MmuPageSize', 'ElfHashOffset' -and $_.Parameter.ParameterType -ne [ipaddress] }
}

BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $manifest = Import-PowerShellDataFile (Get-ModuleManifest)
    $folder = Split-Path (Get-ModuleManifest)
    $assembly = (Get-Module Esp32Tools).ImplementingAssembly

    # Sets, position and sources of a parameter, as its class declares them.
    function Get-Binding([System.Reflection.PropertyInfo] $Property) {
        ($Property.GetCustomAttributes([System.Management.Automation.ParameterAttribute], $false) |
            ForEach-Object { "$($_.ParameterSetName) $($_.Position) $($_.Mandatory) $($_.ValueFromPipeline) $($_.ValueFromPipelineByPropertyName)" } |
            Sort-Object) -join '; '
    }

    $changing = 'Add', 'Write', 'Set', 'Clear', 'Invoke', 'Export', 'Import', 'Merge', 'Restart', 'New', 'Remove', 'Start', 'Stop', 'Lock', 'Protect', 'Unprotect', 'Enable'
}

Describe 'The manifest' {
    It 'leads to help on the pages of the project, and nowhere while it has none' {
        $project = $manifest.PrivateData.PSData['ProjectUri']
        foreach ($command in Get-Command -Module Esp32Tools) {
            if ($project) { $command.HelpUri | Should -BeLike "$project*" -Because $command.Name } else { $command.HelpUri | Should -BeNullOrEmpty }
        }

        if (-not $project) {
            { Get-Help Get-Esp32Device -Online -ErrorAction Stop } | Should -Throw '*online version*cannot be displayed*address*'
        }
    }

    It 'exports each cmdlet of the assembly, by name, and nothing else' {
        $classes = $assembly.GetExportedTypes() | Where-Object { -not $_.IsAbstract -and [System.Management.Automation.Cmdlet].IsAssignableFrom($_) }
        $real = foreach ($class in $classes) {
            $attribute = $class.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
            "$($attribute.VerbName)-$($attribute.NounName)"
        }

        $manifest.CmdletsToExport | Sort-Object | Should -Be ($real | Sort-Object)
        $manifest.CmdletsToExport | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        $manifest.FunctionsToExport | Should -BeNullOrEmpty
        $manifest.AliasesToExport | Should -BeNullOrEmpty
        $manifest.VariablesToExport | Should -BeNullOrEmpty
    }

    It 'is valid, for both editions' {
        $null = Test-ModuleManifest (Get-ModuleManifest)
        $manifest.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
        $manifest.PowerShellVersion | Should -Be '5.1'
    }

    It 'says what it is under and what is new' {
        $data = (Test-ModuleManifest (Get-ModuleManifest)).PrivateData.PSData
        $data.LicenseUri | Should -Match '^https://.*MIT'
        $data.ReleaseNotes | Should -Not -BeNullOrEmpty
    }

    It 'has the version of the assembly' {
        [version] $manifest.ModuleVersion | Should -Be ([version] $assembly.GetName().Version.ToString(3))
    }
}

Describe 'Cmdlet <Name>' -ForEach $cmdlets {
    It 'has an approved verb and a singular noun that begins with Esp32' {
        (Get-Verb).Verb | Should -Contain $Command.Verb
        $Command.Noun | Should -MatchExactly '^Esp32[A-Z]'
        # NVS is one storage.
        $Command.Noun | Should -Not -MatchExactly '(?<!Nv|s|h|u)s$'
    }

    It 'is a class of its own name, in the folder of its noun''s family' {
        $Command.ImplementingType.Name | Should -Be "$($Command.Verb)$($Command.Noun)Command"
        $Command.ImplementingType.Namespace | Should -BeLike 'Esp32Tools.PowerShell.Commands.*'
        $Command.ImplementingType.IsSealed | Should -BeTrue
    }

    It 'is at most three classes of ours deep, itself included' {
        $ours = @(for ($type = $Command.ImplementingType; $type.Assembly -eq $assembly; $type = $type.BaseType) { $type.Name })
        $ours.Count | Should -BeIn 2, 3 -Because ($ours -join ', ')
    }

    It 'has each parameter once: Device alone is declared again, to be in other sets or places' {
        for ($type = $Command.ImplementingType; $type.Assembly -eq $assembly; $type = $type.BaseType) {
            foreach ($property in $type.GetProperties([System.Reflection.BindingFlags] 'Instance, Public, DeclaredOnly')) {
                $above = $type.BaseType.GetProperty($property.Name)
                if ($above -and $above.IsDefined([System.Management.Automation.ParameterAttribute], $true)) {
                    $property.Name | Should -Be 'Device' -Because "$($type.Name) declares it again"
                    $property.GetMethod.GetBaseDefinition() | Should -Not -Be $property.GetMethod -Because "$($type.Name).$($property.Name) hides one of the same name"
                    Get-Binding $property | Should -Not -Be (Get-Binding $above) -Because "$($type.Name).$($property.Name) repeats the declaration above it"
                }
            }
        }
    }

    It 'declares what it writes' {
        $Command.ImplementingType.GetCustomAttributes([System.Management.Automation.OutputTypeAttribute], $false).Count | Should -Be 1
    }

    It 'supports -WhatIf where it changes a chip, a file or the machine' {
        # A plan is an object in memory and no more; a script run with -WhatIf needs it to show what it would burn.
        if ($Command.Name -eq 'New-Esp32EfusePlan') {
            $Command.Parameters.Keys | Should -Not -Contain 'WhatIf'
        }
        elseif ($Command.Verb -in $changing -or $Command.Name -in 'Read-Esp32Flash', 'Read-Esp32Memory', 'ConvertTo-Esp32Image', 'ConvertTo-Esp32PartitionTable') {
            $Command.Parameters.Keys | Should -Contain 'WhatIf'
        }
        else {
            $Command.Parameters.Keys | Should -Not -Contain 'WhatIf'
        }
    }

    It 'asks before it burns, and only then' {
        $attribute = $Command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)[0]
        ($attribute.ConfirmImpact -eq 'High') | Should -Be (
            ($Command.Noun -like 'Esp32Efuse*' -and $Command.Verb -in 'Write', 'Set', 'Lock', 'Invoke') -or $Command.Verb -eq 'Enable' -or $Command.Name -in 'Set-Esp32FlashStatus', 'Set-Esp32CustomMac', 'Set-Esp32FlashVoltage')
    }

    It 'takes no wildcard path without a literal one' {
        $path = $Command.Parameters['Path']
        if ($path -and ($path.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] })) {
            $Command.Parameters.Keys | Should -Contain 'LiteralPath'
        }
    }

    It 'takes files of Get-ChildItem wherever it takes a literal path' {
        $literal = $Command.Parameters.Values | Where-Object { $_.Name -eq 'LiteralPath' -or $_.Aliases -contains 'PSPath' }
        if ($literal) {
            $literal.Aliases | Should -Contain 'PSPath'

            # A partition table takes files by value, with all its other forms; FilePipeline has them.
            if ($Command.Noun -ne 'Esp32PartitionTable') {
                $literal.ParameterSets.Values.ValueFromPipelineByPropertyName | Should -Not -Contain $false
            }
        }
    }

    It 'takes devices by value and by property name, under their aliases' {
        $device = $Command.Parameters['Device']
        if ($device) {
            $device.Aliases | Should -Be 'Port', 'PortName'
            $device.ParameterType.Name | Should -Be 'DeviceArgument[]'
            foreach ($set in $device.ParameterSets.Values) {
                $set.ValueFromPipeline | Should -BeTrue
                $set.ValueFromPipelineByPropertyName | Should -BeTrue
            }
        }
    }

    It 'takes the device first where nothing else is taken by position' {
        $taken = @($Command.ParameterSets.Parameters | Where-Object { $_.Position -ge 0 } | ForEach-Object Name | Sort-Object -Unique)
        if ($Command.Parameters.ContainsKey('Device') -and $taken.Count -eq 0) { $taken | Should -Contain 'Device' }
    }

    It 'works on devices side by side if asked, and says of each result which port it came from' {
        if ($Command.Parameters.ContainsKey('Device')) {
            [Activator]::CreateInstance($Command.ImplementingType).ThrottleLimit | Should -Be 1
            foreach ($type in $Command.OutputType.Type | Where-Object { $_ -ne [void] }) {
                $type.GetProperty('PortName').PropertyType | Should -Be ([string])
            }
        }
    }
}

Describe 'Parameter <Name>' -ForEach $withCompleter {
    It 'has its completer' {
        $attribute = $Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ArgumentCompleterAttribute] }
        $attribute.Type.Name | Should -Be $Completer
    }
}

Describe 'A parameter of several cmdlets' {
    BeforeAll {
        # A word that is plain enough to mean another thing in another cmdlet.
        $plain = 'Address', 'Data', 'FlashSize', 'Force', 'Image', 'InputObject', 'Key', 'KeyLength', 'Length', 'LiteralPath', 'Manifest',
            'Name', 'Namespace', 'PadToSize', 'Path', 'Size', 'Type', 'Value', 'Version'
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $forms = foreach ($command in Get-Command -Module Esp32Tools) {
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
                $checks = $parameter.Attributes |
                    Where-Object { $_ -is [System.Management.Automation.ValidateArgumentsAttribute] -or $_ -is [System.Management.Automation.ArgumentTransformationAttribute] -or $_ -is [System.Management.Automation.AliasAttribute] } |
                    ForEach-Object { "$($_.GetType().Name) $($_.PSObject.Properties | Where-Object Name -NE 'TypeId' | ForEach-Object { "$($_.Value)" })" } | Sort-Object
                [pscustomobject] @{ Name = $parameter.Name; Command = $command.Name; Form = "$($parameter.ParameterType) $($checks -join ' ')" }
            }
        }

        $different = $forms | Group-Object Name | Where-Object { @($_.Group.Form | Sort-Object -Unique).Count -gt 1 }
    }

    It 'has one type and the same checks in each' {
        $different | Where-Object Name -NotIn $plain | ForEach-Object { "$($_.Name): $(($_.Group | Group-Object Form | ForEach-Object { "$($_.Name) in $($_.Group[0].Command)" }) -join '; ')" } |
            Should -BeNullOrEmpty
    }

    It 'is excused only if it needs to be' {
        $plain | Where-Object { $_ -notin $different.Name } | Should -BeNullOrEmpty
    }
}

Describe 'Parameter <Name>' -ForEach $addresses {
    It 'takes addresses and sizes in every form' {
        @($Parameter.Attributes | Where-Object { $_.GetType().Name -eq 'NumberTransformationAttribute' }).Count | Should -Be 1
    }
}

Describe 'Type <Name>' -ForEach $outputTypes {
    It 'has a view of its own' {
        $views = [xml] (Get-Content -Raw (Join-Path $folder 'Esp32Tools.Format.ps1xml'))
        $views.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName | Should -Contain $Name
    }

    It 'has arrays for lists, which a script can index' {
        # A list behind an interface may be of a class whose indexer PowerShell does not see: [0] then gives all of it.
        $Type.GetProperties() |
            Where-Object { $_.PropertyType.IsInterface -and [System.Collections.IEnumerable].IsAssignableFrom($_.PropertyType) } |
            ForEach-Object Name | Should -BeNullOrEmpty
    }

    It 'is sealed, and its view names only properties it has' {
        $Type.IsSealed | Should -BeTrue
        $views = [xml] (Get-Content -Raw (Join-Path $folder 'Esp32Tools.Format.ps1xml'))
        $own = $views.SelectNodes("//View[ViewSelectedBy/TypeName='$Name']")
        $named = foreach ($view in $own) {
            $view.SelectNodes('.//PropertyName') | ForEach-Object InnerText
            $view.SelectNodes('.//ScriptBlock') | ForEach-Object { [regex]::Matches($_.InnerText, '\$_\.(\w+)') } | ForEach-Object { $_.Groups[1].Value }
        }
        $members = @($Type.GetProperties().Name) + @($Type.GetMethods().Name)

        # Inside ForEach-Object the object is another one: a byte, a step.
        $named | Where-Object { $_ -notin $members } | Should -BeNullOrEmpty
    }
}

Describe 'A bad file among good ones' {
    BeforeAll {
        $good = @{ Image = { New-TestImage }; Efuse = { , [byte[]]::new(0x200) }; Table = { New-TestPartitionTable } }
    }

    It '<Name> makes one error of it, with the file as its target, and goes on' -ForEach @(
        @{ Name = 'Get-Esp32Image'; Kind = 'Image'; With = @{} }
        @{ Name = 'Get-Esp32Efuse'; Kind = 'Efuse'; With = @{ Chip = 'esp32c3'; Name = 'MAC' } }
        @{ Name = 'Test-Esp32Efuse'; Kind = 'Efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Get-Esp32SecurityState'; Kind = 'Efuse'; With = @{ Chip = 'esp32c3' } }
        @{ Name = 'Get-Esp32Partition'; Kind = 'Table'; With = @{} }
    ) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item -ItemType Directory $folder
        $content = & $good[$Kind]
        foreach ($file in 'a.bin', 'c.bin', 'd.bin') {
            [System.IO.File]::WriteAllBytes((Join-Path $folder $file), $content)
        }

        $bad = Join-Path $folder 'b.bin'
        [System.IO.File]::WriteAllBytes($bad, [byte[]] (1, 2, 3))
        $one = @(& $Name -LiteralPath (Join-Path $folder 'a.bin') @With -WarningAction SilentlyContinue).Count
        $one | Should -BeGreaterThan 0
        foreach ($form in 'wildcard', 'list', 'literal', 'pipeline') {
            $failures = $null
            $seen = switch ($form) {
                'wildcard' { & $Name -Path (Join-Path $folder '*.bin') @With -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue }
                'list' { & $Name -Path (Get-ChildItem $folder).FullName @With -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue }
                'literal' { & $Name -LiteralPath (Get-ChildItem $folder).FullName @With -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue }
                'pipeline' { Get-ChildItem $folder | & $Name @With -ErrorAction SilentlyContinue -ErrorVariable failures -WarningAction SilentlyContinue }
            }

            @($seen).Count | Should -Be (3 * $one) -Because $form
            @($failures).Count | Should -Be 1 -Because $form
            $failures[0].TargetObject | Should -Be $bad -Because $form
        }
    }
}

Describe 'Completion' {
    BeforeAll {
        function Complete([string] $Line) {
            (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
        }

        $port = New-TestChip esp32c3
        $dev = Connect-Esp32Device $port
    }

    AfterAll {
        $dev | Disconnect-Esp32Device
        Remove-Esp32Simulator $port
    }

    It 'offers <Expected> for <Line>' -ForEach @(
        @{ Line = 'Get-Esp32Device virtual:esp32'; Expected = 'virtual:esp32c3' }
        @{ Line = 'Connect-Esp32Device x -Chip esp32c'; Expected = 'esp32c3' }
        @{ Line = 'Connect-Esp32Device x -BaudRate 9'; Expected = '921600' }
        @{ Line = 'Get-Esp32Efuse -Device x -Name ABS_'; Expected = 'ABS_DONE_0' }
        @{ Line = 'Get-Esp32Efuse abs_'; Expected = 'ABS_DONE_0' }
        @{ Line = 'Write-Esp32EfuseKey -Device x -Purpose Flash'; Expected = 'FlashEncryption' }
        @{ Line = 'Write-Esp32EfuseKey -Device x -Purpose XTS'; Expected = 'XTS_AES_128_KEY' }
        @{ Line = 'Write-Esp32Flash -FlashSize D'; Expected = 'Detect' }
        @{ Line = 'Write-Esp32Flash -FlashMode '; Expected = 'Keep' }
        @{ Line = 'Write-Esp32Flash -FlashFrequency 80'; Expected = '80m' }
        @{ Line = 'Get-Esp32Simulator esp32'; Expected = 'esp32c3' }
        @{ Line = 'Get-Esp32Partition x -Name nv'; Expected = 'nvs' }
        @{ Line = 'Get-Esp32Partition x -Type da'; Expected = 'data' }
        @{ Line = 'Get-Esp32Partition x -Type app -SubType ota'; Expected = 'ota_0' }
        @{ Line = 'Set-Esp32OtaSlot -Device x -Force ImageI'; Expected = 'ImageInvalid' }
        @{ Line = 'Import-Esp32Partition -Device x -Force PartitionR'; Expected = 'PartitionReadOnly' }
        @{ Line = 'ConvertTo-Esp32Image x -Chip esp32c3 -FlashMode '; Expected = 'dio' }
        @{ Line = 'ConvertTo-Esp32Image x -Chip esp32c3 -FlashFrequency '; Expected = '80m' }
        @{ Line = 'Protect-Esp32Image x -Chip esp32c'; Expected = 'esp32c3' }
        @{ Line = 'Merge-Esp32Image x -FlashSize 4'; Expected = '4MB' }
        @{ Line = 'Set-Esp32Efuse -Device x -Name ABS_'; Expected = 'ABS_DONE_0' }
        @{ Line = 'Lock-Esp32Efuse -Device x BLOCK_K'; Expected = 'BLOCK_KEY0' }
        @{ Line = 'Set-Esp32FlashVoltage -Device x -Voltage 3'; Expected = '3.3V' }
    ) {
        Complete $Line | Should -Contain $Expected
    }

    It 'offers what the chip of a session has, and nothing else' {
        $global:Esp32TestSession = $dev
        try {
            Complete 'Write-Esp32EfuseKey -Device $Esp32TestSession -Purpose ' | Should -Not -Contain 'FlashEncryption'
            Complete 'Get-Esp32Efuse -Device $Esp32TestSession -Name ' | Should -Not -Contain 'ABS_DONE_0'
            Complete 'Get-Esp32Efuse -Device $Esp32TestSession -Name KEY_P' | Should -Contain 'KEY_PURPOSE_0'
        }
        finally {
            Remove-Variable -Name Esp32TestSession -Scope Global
        }
    }
}

Describe 'Error codes' {
    It 'have a category each' {
        $map = $assembly.GetType('Esp32Tools.PowerShell.Runtime.ErrorRecords').GetMethod('CategoryOf', [System.Reflection.BindingFlags] 'Static, NonPublic, Public')
        $without = foreach ($code in [enum]::GetValues([Esp32Tools.Errors.ErrorCode])) {
            if ($map.Invoke($null, [object[]] @($code)) -eq 'NotSpecified') {
                $code
            }
        }

        $without | Should -BeNullOrEmpty
    }
}

Describe 'Import' {
    It 'loads nothing that it does not need' {
        # What is not loaded costs nothing; the time itself is measured by the benchmarks.
        $script = "Import-Module '$(Get-ModuleManifest)'; [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like 'Esp32Tools*' -join ','"
        $loaded = Invoke-OtherProcess $script
        $loaded -split ',' | Should -Contain 'Esp32Tools'
        if ($IsLinux) {
            $loaded -split ',' | Should -Not -Contain 'Esp32Tools.SerialPort'
        }
    }
}
