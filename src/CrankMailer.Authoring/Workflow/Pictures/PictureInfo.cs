namespace CrankMailer.Authoring.Workflow.Pictures;

/// <summary>What a picture's own header says.</summary>
/// <param name="Extension"><c>png</c>, <c>jpg</c> or <c>gif</c> (R128).</param>
/// <param name="Width">Pixels, as shown: turned if the camera noted so.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Clean">The picture without what the camera and programs noted in it (place, owner, comments), ending where the picture ends.</param>
public sealed record PictureInfo(string Extension, int Width, int Height, byte[] Clean);
