# The tool that makes help of the pages: what it says about pages that are wrong.
BeforeAll {
    . "$PSScriptRoot/Shared.ps1"
    $root = Split-Path (Split-Path $PSScriptRoot)
    $builder = Get-ChildItem (Join-Path $root 'src/Esp32Tools.HelpBuilder/bin/*/net10.0/Esp32Tools.HelpBuilder.dll') |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $module = Join-Path (Split-Path (Get-ModuleManifest)) 'bin/Esp32Tools.dll'
    $page = Get-Content (Join-Path $root 'module/help/en-US/Restart-Esp32Device.md') -Raw

    # Runs the tool on a folder with one page, and gives what it said.
    function Invoke-Builder([string] $Text, [string] $Name = 'Restart-Esp32Device.md') {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content (Join-Path $folder $Name) $Text -NoNewline

        # The pages that it links to, and those that they link to, have to be there.
        Get-ChildItem (Join-Path $root 'module/help/en-US/*.md') -Exclude $Name | Copy-Item -Destination $folder
        $said = & dotnet $builder.FullName $module $folder (Join-Path $folder 'out') 2>&1 | ForEach-Object { "$_" }
        @{ Said = @($said | Where-Object { $_ -match [regex]::Escape($Name) }); ExitCode = $LASTEXITCODE }
    }

    # The number of the line that has this text.
    function Get-LineOf([string] $Text, [string] $Pattern) {
        ($Text -split '\n' | Select-String $Pattern -SimpleMatch | Select-Object -First 1).LineNumber
    }
}

Describe 'A page that is wrong' {
    It 'is named with the line, when <Case>' -ForEach @(
        @{ Case = 'a section is missing'; Old = "## INPUTS`n"; New = ''; Line = '## OUTPUTS'; Message = 'sections have to be' }
        @{ Case = 'an example has the wrong number'; Old = '### Example 2'; New = '### Example 3'; Line = '### Example 3'; Message = "begin with 'Example 2: '" }
        @{ Case = 'an example has no code'; Old = '### Example 1: Start the application'; New = "### Example 1: Start the application`nText."; Line = '### Example 1'; Message = 'begins with its code' }
        @{ Case = 'a parameter has no text'; Old = 'The program to start: `Application`, or `Loader` for the loader of its ROM.'; New = ''; Line = '### -Into'; Message = "Nothing stands under '-Into'" }
        @{ Case = 'a parameter has no hyphen'; Old = '### -Into'; New = '### Into'; Line = '### Into'; Message = 'is no parameter' }
        @{ Case = 'a link leads nowhere'; Old = '(Watch-Esp32Output.md)'; New = '(Watch-Nothing.md)'; Line = 'Watch-Nothing'; Message = 'no page Watch-Nothing.md' }
        @{ Case = 'the heading names another cmdlet'; Old = '# Restart-Esp32Device'; New = '# Restart-Nothing'; Line = '# Restart-Nothing'; Message = 'has to be in Restart-Nothing.md' }
    ) {
        $text = $page.Replace($Old, $New)
        $text | Should -Not -Be $page
        $result = Invoke-Builder $text
        $result.ExitCode | Should -Be 1
        $result.Said | Should -HaveCount 1
        $result.Said | Should -Match "Restart-Esp32Device\.md\($(Get-LineOf $text $Line)\): error ESP32TOOLS003: .*$([regex]::Escape($Message))"
    }

    It 'is named with the line, when a fence is not closed' {
        $text = $page + "`n``````powershell`nGet-Esp32Port`n"
        $result = Invoke-Builder $text
        $result.ExitCode | Should -Be 1
        $result.Said | Should -Match "Restart-Esp32Device\.md\($(($page -split '\n').Count + 1)\): error ESP32TOOLS003: .*never closed"
    }

    It 'is named, when an about topic has a long summary' {
        $result = Invoke-Builder "# about_X`n`n## SHORT DESCRIPTION`n$('word ' * 30)`n" 'about_X.md'
        $result.ExitCode | Should -Be 1
        $result.Said | Should -Match 'about_X\.md\(4\): error ESP32TOOLS003: .*one line'
    }
}
