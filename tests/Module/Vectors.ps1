<#
    Where the vectors are, to be dot-sourced by test files that read them: those of tests/Vectors, unpacked by a build, or the
    set that ESP32TOOLS_VECTORS names. A folder that is not there is an error.
#>
function Get-VectorPath {
    param([Parameter(Mandatory)] [string] $Name)

    $tests = Split-Path $PSScriptRoot
    $root = if ($env:ESP32TOOLS_VECTORS) { [System.IO.Path]::GetFullPath([System.IO.Path]::Combine((Split-Path $tests), $env:ESP32TOOLS_VECTORS)) } else { Join-Path $tests 'Vectors/obj/unpacked' }
    $path = Join-Path $root $Name
    if (-not (Test-Path -LiteralPath $path)) {
        throw "'$path' is not there. A build unpacks tests/Vectors; ESP32TOOLS_VECTORS names another folder."
    }

    $path
}

# The cases of a file; there has to be one.
function Get-VectorCase {
    param([Parameter(Mandatory)] [string] $Name, [string] $Kind)

    $cases = Get-Content -Raw -LiteralPath (Get-VectorPath $Name) | ConvertFrom-Json
    $cases = @(if ($Kind) { $cases.$Kind } else { $cases })
    if (-not $cases) {
        throw "'$Name' has no case."
    }

    $cases
}
